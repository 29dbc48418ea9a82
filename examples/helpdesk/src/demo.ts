import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ObjectStackError } from '@objectstack/spec/shared';
import { PLANES, type PlaneName, startPlane } from './demo/demo-plane.js';
import { runScenario } from './demo/scenario.js';
import { StepLog } from './demo/step-log.js';
import { formatFiles, formatTimes } from './demo/summary.js';

const USAGE = `Usage: npx pnpm demo [--plane ${PLANES.join('|')}] [directory]`;

function readArguments(): { plane: PlaneName; dir: string } | null {
  try {
    const { values, positionals } = parseArgs({
      options: { plane: { type: 'string' } },
      allowPositionals: true,
    });
    const plane = PLANES.find((name) => name === (values.plane ?? 'local'));
    const [folder, ...others] = positionals;
    if (!plane || others.length > 0) return null;
    const own = plane === 'local' ? '.objectstack/demo' : `.objectstack/demo-${plane}`;
    return { plane, dir: resolve(folder ?? own) };
  } catch {
    return null;
  }
}

const PLACES: Record<PlaneName, string> = {
  local: 'in',
  server: 'on a libSQL server with its data in',
  cloud: 'on an emulator of Turso Cloud with its data in',
};

const given = readArguments();
if (!given) {
  console.error(USAGE);
  process.exit(2);
}
const { plane, dir } = given;
const log = new StepLog();

console.log(`A help desk of a company that rents out and repairs machines, ${PLACES[plane]} ${dir}\n`);
try {
  const runId = randomBytes(5).toString('hex');
  const { connection, stop } = await startPlane(plane, dir);
  const { connectionUrl } = await runScenario({ connection, runId, log }).finally(stop);
  console.log(`\n${formatTimes(log.times)}\n\n${dir}\n${await formatFiles(dir, connectionUrl)}`);
  console.log(`
Running it again adds a tenant to the same directory.`);
  console.log(`To clean up: rm -rf '${dir}'`);
} catch (error) {
  console.error('\nThe demo failed.', ObjectStackError.isInstance(error) ? error.toProblemDetails() : error);
  process.exitCode = 1;
}
