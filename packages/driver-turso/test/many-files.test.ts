import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleScript } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';

const DESCRIPTORS = 128;
const FILES = 60;

/** Runs the script in a process that may have few descriptors. */
async function runWithFewDescriptors() {
  const script = await bundleScript(fileURLToPath(new URL('./many-files-child.ts', import.meta.url)));
  const limited = `ulimit -n ${DESCRIPTORS} && exec "$@"`;
  const { stdout } = await promisify(execFile)('sh', ['-c', limited, 'sh', process.execPath, script]);
  return JSON.parse(stdout);
}

describe.skipIf(process.platform === 'win32')('pooledFile with few descriptors', () => {
  it('lets callers wait for an open file, and ends a wait that nothing can end', async () => {
    const { codes, counts, crossed } = await runWithFewDescriptors();
    expect(codes).toEqual([]);
    expect(counts).toEqual(Array.from({ length: FILES }, () => 2));
    expect(crossed).toContain('database_busy');
    expect(['database_busy', 'done']).toEqual(expect.arrayContaining(crossed));
  });
});
