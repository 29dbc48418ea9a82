import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { runPiped } from './run-binary.js';

describe('objectstack', () => {
  it('writes one JSON document through a pipe and nothing else, and ends with the exit code', {
    timeout: 180_000,
  }, async () => {
    const cwd = await temporaryFolder();
    const created = await runPiped(cwd, ['init', '.', '--json']);
    expect([created.code, created.stderr]).toEqual([0, '']);
    expect(JSON.parse(created.stdout).files).toContain('objects/note.yaml');
    const refused = await runPiped(cwd, ['plan', '--json']);
    expect([refused.code, refused.stdout]).toEqual([6, '']);
    expect(JSON.parse(refused.stderr)).toMatchObject({ code: 'tenant_not_found', exitCode: 6 });
  });
});
