import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { freePort } from '../src/free-port.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SCRIPT = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

describe('turso-emulator', () => {
  it('prints where the Platform API is, and ends with its server on SIGTERM', async () => {
    const [dir, port] = [await temporaryFolder(), await freePort()];
    const options = ['--conditions=objectstack-source', '--import', 'tsx'];
    const args = [...options, SCRIPT, '--dir', dir, '--port', String(port), '--token', 'my-token'];
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    for await (const chunk of child.stdout) {
      output += chunk;
      if (output.includes('databases:')) break;
    }
    expect(output).toContain(`http://127.0.0.1:${port}\n`);
    const answer = await fetch(`http://127.0.0.1:${port}/v1/organizations/emulator/databases`, {
      headers: { authorization: 'Bearer my-token' },
    });
    expect(await answer.json()).toEqual({ databases: [], pagination: { next: null } });
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});
