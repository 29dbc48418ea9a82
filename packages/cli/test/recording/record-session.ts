import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../run-command.js';

/** A command of a recording with its output, as a terminal shows it. */
export interface RecordedStep {
  readonly command: string;
  readonly output: string;
}

const COLUMNS = 92;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The text without what differs between two runs: ids, timestamps and durations. */
function withoutChance(text: string, ids: Map<string, string>): string {
  return text
    .replace(UUID, (id) => {
      const known = ids.get(id) ?? `01a22d00-0000-7000-8000-${String(ids.size + 1).padStart(12, '0')}`;
      ids.set(id, known);
      return known;
    })
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-11-30T09:00:00.000Z')
    .replace(/\bin \d+\.\d+ s\b/g, 'in 0.1 s');
}

/** Creates a project, deploys it, removes a field, and rolls this back, in an empty directory. */
export async function recordSession(root: string): Promise<RecordedStep[]> {
  const ids = new Map<string, string>();
  const steps: RecordedStep[] = [];
  const home = join(root, 'crm');
  const run = async (cwd: string, line: string, shown = line) => {
    const options = { isTerminal: true, columns: COLUMNS, variables: { FORCE_COLOR: '1' } };
    // Plans are notes on standard error, and the result follows on standard output.
    const { stdout, stderr } = await runCommand(cwd, line.split(' ').slice(1), options);
    steps.push({ command: shown, output: withoutChance(stderr + stdout, ids).trimEnd() });
  };
  await run(root, 'objectstack init crm', 'objectstack init crm && cd crm');
  await run(home, 'objectstack dev --once');
  const path = join(home, 'objects/note.yaml');
  const definition = await readFile(path, 'utf8');
  await writeFile(path, definition.replace(/ {2}due_date:\n {4}type: date\n/, ''));
  await rm(join(home, 'seeds'), { recursive: true });
  steps.push({ command: '# the field due_date is removed from objects/note.yaml', output: '' });
  await run(home, 'objectstack deploy --yes');
  await run(home, 'objectstack deploy --yes --allow remove_field:note.due_date');
  await run(home, 'objectstack rollback --yes');
  await run(home, 'objectstack data query note --fields text,due_date');
  return steps;
}
