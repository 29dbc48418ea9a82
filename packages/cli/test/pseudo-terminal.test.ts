import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { bundleScript, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));
const BUNDLE = 'manifest: { version: 1.0.0 }\nobjects: [{ name: note, fields: { text: { type: text } } }]\n';
const CTRL_C = '\u0003';

/** The program of util-linux that runs a command in a pseudo-terminal. */
const hasScript = spawnSync('script', ['--version']).status === 0;

/** Waits until a text appears on the screen, and types the keys. */
async function answer({ stdin, stdout }: ChildProcess, question: string, keys: string): Promise<string> {
  let screen = '';
  for await (const chunk of stdout ?? []) {
    const wasAsked = screen.includes(question);
    screen += stripVTControlCharacters(String(chunk));
    if (!wasAsked && screen.includes(question)) stdin?.write(keys);
  }
  return screen;
}

/** Runs the real binary in a pseudo-terminal. */
async function inTerminal(cwd: string, args: string, question: string, keys: string) {
  const script = await bundleScript(BIN);
  const command = `stty rows 40 cols 90; exec '${process.execPath}' '${script}' ${args}`;
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    cwd,
    env: { ...process.env, CI: '', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [screen, [code]] = await Promise.all([answer(child, question, keys), once(child, 'exit')]);
  return { code, screen };
}

describe.skipIf(!hasScript)('objectstack in a pseudo-terminal', () => {
  it('asks before it deploys, and exits with 130 on Ctrl-C with nothing deployed', {
    timeout: 180_000,
  }, async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'bundle.yaml'), BUNDLE);
    const create = [await bundleScript(BIN), 'tenants', 'create', '--slug', 'dev'];
    expect((await promisify(execFile)(process.execPath, create, { cwd })).stdout).toContain('is active');
    const deploy = 'deploy --bundle bundle.yaml';
    const interrupted = await inTerminal(cwd, deploy, 'Deploy?', CTRL_C);
    expect([interrupted.code, interrupted.screen]).toEqual([130, expect.stringContaining('interrupted')]);
    const confirmed = await inTerminal(cwd, deploy, 'Deploy?', 'y');
    expect([confirmed.code, confirmed.screen]).toEqual([0, expect.stringContaining('Deployed')]);
  });
});
