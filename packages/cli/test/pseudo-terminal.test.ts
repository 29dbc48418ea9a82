import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { hasPseudoTerminal, runInPseudoTerminal, runPiped, WHY_SKIPPED } from './run-binary.js';

const BUNDLE = 'manifest: { version: 1.0.0 }\nobjects: [{ name: note, fields: { text: { type: text } } }]\n';
const CTRL_C = '\u0003';

describe.skipIf(!hasPseudoTerminal)(`objectstack in a pseudo-terminal${WHY_SKIPPED}`, () => {
  it('asks before it deploys, and exits with 130 on Ctrl-C with nothing deployed', {
    timeout: 180_000,
  }, async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'bundle.yaml'), BUNDLE);
    const created = await runPiped(cwd, ['tenants', 'create', '--slug', 'dev']);
    expect(created.stdout).toContain('is active');
    const deploy = ['deploy', '--bundle', 'bundle.yaml'];
    const interrupted = await runInPseudoTerminal(cwd, deploy, { keys: [['Deploy?', CTRL_C]] });
    expect([interrupted.code, interrupted.screen]).toEqual([130, expect.stringContaining('interrupted')]);
    const confirmed = await runInPseudoTerminal(cwd, deploy, { keys: [['Deploy?', 'y']] });
    expect([confirmed.code, confirmed.screen]).toEqual([0, expect.stringContaining('Deployed')]);
  });
});
