import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EXIT_CODES } from '@objectstack/spec/shared';
import { type CommandProblem, CommandProblemSchema } from '@objectstack/spec/system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MISTAKES } from './mistakes/mistakes.js';
import { runCommand } from './run-command.js';

let root: string;

async function write(folder: string, files: Readonly<Record<string, string>>) {
  await mkdir(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'objectstack-'));
  const home = join(root, 'home');
  const object = 'name: note\nfields:\n  text: { type: text, required: true }\n  stars: { type: number }\n';
  await write(home, { 'manifest.yaml': 'version: 1.0.0\n', 'objects/note.yaml': object });
  const created = await runCommand(home, ['tenants', 'create', '--slug', 'first']);
  const deployed = await runCommand(home, ['deploy']);
  expect([created.code, deployed.code]).toEqual([0, 0]);
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('a mistake', () => {
  it.each(MISTAKES.map((mistake, index) => ({ ...mistake, index })))(
    'is answered with code, place and next command: $name',
    async ({ args, files = {}, variables = {}, stdin = '', code, exit, place, secret, index }) => {
      const cwd = join(root, `mistake-${index}`);
      await write(cwd, files);
      const hasPlane = 'objectstack.config.json' in files || args.includes('--dir');
      const dir = hasPlane ? [] : ['--dir', '../home/.objectstack'];
      const options = { variables, stdin };
      const forPrograms = await runCommand(cwd, [...args, ...dir, '--json'], options);
      const forPeople = await runCommand(cwd, [...args, ...dir], options);
      const problem: CommandProblem = CommandProblemSchema.parse(JSON.parse(forPrograms.stderr));
      expect([problem.code, forPrograms.code, problem.exitCode]).toEqual([
        code,
        EXIT_CODES[exit].code,
        EXIT_CODES[exit].code,
      ]);
      expect([forPrograms.stdout, forPeople.code]).toEqual(['', forPrograms.code]);
      expect(problem.next).not.toEqual([]);
      expect(forPeople.stderr).toContain(`${code}  `);
      expect(forPeople.stderr).toContain(`Next: ${problem.next[0]}`);
      const answers = `${forPeople.stderr}\n${forPrograms.stderr}`;
      expect(answers).toContain(place);
      if (secret !== undefined) expect(answers).not.toContain(secret);
    },
  );

  it('is tested at least 60 times', () => {
    expect(MISTAKES.length).toBeGreaterThanOrEqual(60);
  });
});
