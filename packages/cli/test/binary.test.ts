import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { bundleScript, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));

/** Runs the real binary with pipes. */
async function piped(cwd: string, args: readonly string[]) {
  const script = await bundleScript(BIN);
  const child = spawn(process.execPath, [script, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, stdout, stderr };
}

describe('objectstack', () => {
  it('writes one JSON document through a pipe and nothing else, and ends with the exit code', {
    timeout: 180_000,
  }, async () => {
    const cwd = await temporaryFolder();
    const created = await piped(cwd, ['init', '.', '--json']);
    expect([created.code, created.stderr]).toEqual([0, '']);
    expect(JSON.parse(created.stdout).files).toContain('objects/note.yaml');
    const refused = await piped(cwd, ['plan', '--json']);
    expect([refused.code, refused.stdout]).toEqual([6, '']);
    expect(JSON.parse(refused.stderr)).toMatchObject({ code: 'tenant_not_found', exitCode: 6 });
  });
});
