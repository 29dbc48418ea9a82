import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createTursoDriver } from '@objectstack/driver-turso';
import { EXIT_CODES } from '@objectstack/spec/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.js';

const GUIDES = new URL('../../../docs/guides/', import.meta.url);
const BLOCK = /^```(\w+)([^\n]*)\n(.*?)^```$/gms;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'objectstack-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Words of a command line, in which single quotes group. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');

/** Creates the database file that a block of SQL describes. */
async function createDatabase(path: string, sql: string): Promise<void> {
  const driver = createTursoDriver({ url: `file:${path}` });
  await driver.connect();
  for (const statement of sql.split(';\n').filter((one) => one.trim() !== ''))
    await driver.execute(statement);
  await driver.disconnect();
}

/** Runs the commands of a guide in order: those of the shell that it uses, and all of `objectstack`. */
async function runGuide(name: string): Promise<number> {
  let cwd = root;
  let commands = 0;
  const text = await readFile(new URL(name, GUIDES), 'utf8');
  for (const [, language, info = '', content = ''] of text.matchAll(BLOCK)) {
    if (language === 'sql' && info.trim() !== '') await createDatabase(join(cwd, info.trim()), content);
    if (language === 'yaml' || language === 'jsonl') {
      await mkdir(dirname(join(cwd, info.trim())), { recursive: true });
      await writeFile(join(cwd, info.trim()), content);
    }
    if (language !== 'sh') continue;
    const exit = Number(/exit=(\d+)/.exec(info)?.[1] ?? 0);
    for (const line of content.trim().split('\n')) {
      const [program, ...args] = wordsOf(line);
      if (program === 'cd') cwd = resolve(cwd, args[0] ?? '');
      else if (program === 'rm') await rm(join(cwd, args[0] ?? ''));
      else {
        expect(program).toBe('objectstack');
        const { code, stderr } = await runCommand(cwd, args);
        expect([line, code, code === exit ? '' : stderr]).toEqual([line, exit, '']);
        commands += 1;
      }
    }
  }
  return commands;
}

describe('the guides of the command line', () => {
  it.each([
    ['adopting-a-database.md', 13],
    ['command-line.md', 21],
    ['designing-objects.md', 5],
    ['safe-schema-changes.md', 14],
  ])('%s contains commands that run in order', { timeout: 180_000 }, async (name, count) => {
    expect(await runGuide(name)).toBe(count);
  });

  it('list every exit code with its meaning', async () => {
    const text = await readFile(new URL('command-line.md', GUIDES), 'utf8');
    const rows = [...text.matchAll(/^\| (\d+) +\| (\w+) +\| (.*?) +\|$/gm)].map(([, code, name, meaning]) => [
      name,
      { code: Number(code), meaning },
    ]);
    expect(Object.fromEntries(rows)).toEqual(EXIT_CODES);
  });
});
