import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.js';
import { runInTerminal } from './run-in-terminal.js';

const ENTER = '\r';
const CTRL_C = '\u0003';
const REMOVED = 'remove_field:note.stars';

let cwd: string;

const setVersion = async (version: string, fields: string) => {
  await writeFile(
    join(cwd, 'bundle.yaml'),
    `manifest: { version: ${version} }\nobjects:\n  - name: note\n    fields:\n      text: { type: text }\n${fields}`,
  );
};
const deploy = ['deploy', '--bundle', 'bundle.yaml'];

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'objectstack-'));
  await setVersion('1.0.0', '      stars: { type: number }\n');
  expect(await runCommand(cwd, ['tenants', 'create', '--slug', 'dev'])).toMatchObject({ code: 0 });
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

describe('questions in a terminal', () => {
  it('deploys a safe change after yes only', async () => {
    const declined = await runInTerminal(cwd, deploy, [['Deploy?', `n`]]);
    expect([declined.code, declined.screen]).toEqual([
      3,
      expect.stringContaining('The deployment was not confirmed.'),
    ]);
    const confirmed = await runInTerminal(cwd, deploy, [['Deploy?', `y`]]);
    expect([confirmed.code, confirmed.screen]).toEqual([0, expect.stringContaining('✔ Deployed')]);
  });

  it('asks for the id of a change that removes data, and accepts nothing else', async () => {
    await setVersion('2.0.0', '');
    const other = await runInTerminal(cwd, deploy, [[`Type ${REMOVED}`, `yes${ENTER}`]]);
    expect([other.code, other.screen]).toEqual([3, expect.stringContaining(`--allow ${REMOVED}`)]);
    const typed = await runInTerminal(cwd, deploy, [[`Type ${REMOVED}`, `${REMOVED}${ENTER}`]]);
    expect([typed.code, typed.screen]).toEqual([0, expect.stringContaining('✔ Deployed')]);
  });

  it('ends with the exit code of an interruption on Ctrl-C, with nothing changed', async () => {
    const { code, screen } = await runInTerminal(cwd, ['rollback'], [['Roll back', CTRL_C]]);
    expect([code, screen]).toEqual([130, expect.stringContaining('interrupted')]);
    expect((await runCommand(cwd, ['history', '--json'])).documents()).toEqual([
      expect.objectContaining({ items: [expect.anything(), expect.anything()] }),
    ]);
  });

  it('destroys a tenant only after its id was typed', async () => {
    const tenants = await runCommand(cwd, ['tenants', 'list', '--json']);
    const [page] = tenants.documents() as { items: { id: string }[] }[];
    const id = page?.items[0]?.id ?? '';
    const question = `Type ${id}`;
    const wrong = await runInTerminal(cwd, ['tenants', 'destroy', 'dev'], [[question, `dev${ENTER}`]]);
    expect(wrong.code).toBe(3);
    const right = await runInTerminal(cwd, ['tenants', 'destroy', 'dev'], [[question, `${id}${ENTER}`]]);
    expect([right.code, right.screen]).toEqual([0, expect.stringContaining(`✔ Destroyed: ${id}`)]);
  });
});

describe('dev in a terminal', () => {
  it('deploys after each change until it is interrupted', async () => {
    const interrupt = new AbortController();
    await setVersion('3.0.0', '');
    const args = ['dev', '--bundle', 'bundle.yaml', '--organization', 'second'];
    const { code, screen } = await runInTerminal(
      cwd,
      args,
      [
        ['Watching for changes', () => setVersion('3.1.0', '      done: { type: boolean }\n')],
        ['✔ Deployed', () => interrupt.abort()],
      ],
      interrupt.signal,
    );
    expect([code, screen]).toEqual([130, expect.stringContaining('add_field:note.done')]);
    expect(screen).toContain('Watching for changes. Press Ctrl-C to stop.');
  });
});
