import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const BUNDLE = {
  'manifest.ts': "export default { version: '1.0.0' };\n",
  'objects/note.ts':
    "import { defineObject } from '@objectstack/spec/data';\nexport default defineObject({ name: 'note', fields: { text: { type: 'text' } } });\n",
  'objectstack.config.ts':
    "import { defineConfig } from '@objectstack/cli';\nexport default defineConfig({ organization: 'acme' });\n",
};

/** Commands, and what their output contains. */
const STEPS: readonly (readonly [args: readonly string[], expected: string])[] = [
  [['--version'], '0.'],
  [['fleet', 'query', '--help'], 'Usage: objectstack fleet query'],
  [['validate', '--json'], '"valid":true'],
  [['dev', '--once'], 'Deployed'],
  [['data', 'insert', 'note', '{"text":"Buy milk"}'], 'Created note'],
  [['data', 'query', 'note', '--json'], '"text":"Buy milk"'],
  [['fleet', 'query', 'note', '--json'], '"record":{'],
  [['diagram', '--out', 'objects.svg'], 'Wrote objects.svg'],
  [['generate', 'types'], 'Wrote objectstack.types.ts'],
  [['drift', '--json'], '"drift":[]'],
];

/** Runs the installed command in a project with modules in TypeScript. Returns what is wrong. */
export async function checkCommand(project: string): Promise<string[]> {
  const folder = join(project, 'notes');
  await mkdir(join(folder, 'objects'), { recursive: true });
  try {
    for (const [path, content] of Object.entries(BUNDLE)) await writeFile(join(folder, path), content);
    const problems: string[] = [];
    for (const [args, expected] of STEPS) {
      const command = join(project, 'node_modules/.bin/objectstack');
      const output = await run(command, args, { cwd: folder, env: { ...process.env, CI: '1' } }).then(
        ({ stdout, stderr }) => stdout + stderr,
        (error: { stderr?: string }) => `failed: ${error.stderr ?? String(error)}`,
      );
      if (!output.includes(expected)) problems.push(`objectstack ${args.join(' ')} prints ${output.trim()}`);
    }
    return problems;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
