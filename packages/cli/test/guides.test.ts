import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createTursoDriver } from '@objectstack/driver-turso';
import { EXIT_CODES } from '@objectstack/spec/shared';
import { IS_EXHAUSTIVE } from '@objectstack/testing';
import { startTursoEmulator } from '@objectstack/turso-emulator';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { hasPseudoTerminal, type Keys, runInPseudoTerminal, runPiped, WHY_SKIPPED } from './run-binary.js';
import { runCommand } from './run-command.js';

const GUIDES = new URL('../../../docs/guides/', import.meta.url);
/** What a person answers in a terminal, who approves no change by its id. */
const CONFIRMATIONS: readonly Keys[] = [
  ['Deploy?', 'y'],
  ['Roll back ', 'y'],
  ['to approve this change:', '\r'],
];
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

type Variables = Readonly<Record<string, string>>;

/** Runs one command of `objectstack`; `output` explains its exit code. */
type RunOne = (
  cwd: string,
  args: readonly string[],
  variables: Variables,
) => Promise<{ code: number; output: string }>;

const inThisProcess: RunOne = async (cwd, args, variables) => {
  const { code, stderr } = await runCommand(cwd, args, { variables });
  return { code, output: stderr };
};

const throughPipes: RunOne = async (cwd, args, variables) => {
  const { code, stderr } = await runPiped(cwd, args, variables);
  return { code, output: stderr };
};

const inPseudoTerminal: RunOne = async (cwd, args, variables) => {
  const { code, screen } = await runInPseudoTerminal(cwd, args, { variables, keys: CONFIRMATIONS });
  return { code, output: screen };
};

/** Runs the commands of a guide in order: those of the shell that it uses, and all of `objectstack`. */
async function runGuide(
  name: string,
  { runOne = inThisProcess, variables = {} }: { runOne?: RunOne; variables?: Variables } = {},
): Promise<number> {
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
        const { code, output } = await runOne(cwd, args, variables);
        expect([line, code, code === exit ? '' : output]).toEqual([line, exit, '']);
        commands += 1;
      }
    }
  }
  return commands;
}

/** Variables of commands that use an emulator of Turso Cloud, which is stopped after the test. */
async function onEmulator(): Promise<Variables> {
  const emulator = await startTursoEmulator();
  onTestFinished(() => emulator.stop());
  const { organizationSlug, url: apiUrl, platformToken } = emulator;
  const config = join(root, 'cloud.json');
  const token = { env: 'TURSO_PLATFORM_TOKEN' };
  const dataPlane = { kind: 'cloud', organizationSlug, apiUrl, platformToken: token };
  await writeFile(config, JSON.stringify({ dataPlane, dataDirectory: 'data' }));
  return { OBJECTSTACK_CONFIG: config, OBJECTSTACK_BUNDLE: '.', TURSO_PLATFORM_TOKEN: platformToken };
}

async function expectOnlyControlDatabase(): Promise<void> {
  expect(await readdir(join(root, 'data'))).toContain('control.db');
  expect(await readdir(root, { recursive: true })).not.toContainEqual(expect.stringContaining('tenants/'));
}

const COMMANDS = {
  'adopting-a-database.md': 22,
  'command-line.md': 21,
  'designing-objects.md': 5,
  'safe-schema-changes.md': 14,
};
const GUIDES_OF_FILES = Object.entries(COMMANDS);
/** The others: a database file is adopted on local files only. */
const GUIDES_OF_ANY_PLANE = GUIDES_OF_FILES.filter(([name]) => name !== 'adopting-a-database.md');
const SAMPLE = 'designing-objects.md';
const sampled = (guides: readonly [string, number][]) =>
  guides.filter(([name]) => IS_EXHAUSTIVE || name === SAMPLE);

const TIMEOUT = { timeout: 180_000 };

describe('the guides of the command line', () => {
  it.each(GUIDES_OF_FILES)('%s contains commands that run in order', TIMEOUT, async (name, count) => {
    expect(await runGuide(name)).toBe(count);
  });

  it.each(sampled(GUIDES_OF_ANY_PLANE))(
    '%s contains commands that run on an emulator of Turso Cloud',
    TIMEOUT,
    async (name, count) => {
      expect(await runGuide(name, { variables: await onEmulator() })).toBe(count);
      await expectOnlyControlDatabase();
    },
  );

  it.skipIf(!IS_EXHAUSTIVE).each(GUIDES_OF_FILES)(
    '%s runs through pipes, as the real binary',
    TIMEOUT,
    async (name, count) => {
      expect(await runGuide(name, { runOne: throughPipes })).toBe(count);
    },
  );

  describe.skipIf(!hasPseudoTerminal)(`in a pseudo-terminal${WHY_SKIPPED}`, () => {
    it.skipIf(!IS_EXHAUSTIVE).each(GUIDES_OF_FILES)(
      '%s runs as the real binary',
      TIMEOUT,
      async (name, count) => {
        expect(await runGuide(name, { runOne: inPseudoTerminal })).toBe(count);
      },
    );

    it.skipIf(!IS_EXHAUSTIVE).each(GUIDES_OF_ANY_PLANE)(
      '%s runs on an emulator of Turso Cloud',
      TIMEOUT,
      async (name, count) => {
        const variables = await onEmulator();
        expect(await runGuide(name, { runOne: inPseudoTerminal, variables })).toBe(count);
        await expectOnlyControlDatabase();
      },
    );
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
