import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { ObjectStackError } from '@objectstack/spec/shared';
import { runScenario } from './demo/scenario.js';
import { StepLog } from './demo/step-log.js';
import { formatFiles, formatTimes } from './demo/summary.js';

const [folder = '.objectstack/demo', ...others] = process.argv.slice(2);
if (folder.startsWith('-') || others.length > 0) {
  console.error('Usage: npx pnpm demo [directory]');
  process.exit(2);
}
const dir = resolve(folder);
const log = new StepLog();

console.log(`A help desk of a company that rents out and repairs machines, in ${dir}\n`);
try {
  const runId = randomBytes(5).toString('hex');
  const { connectionUrl } = await runScenario({ dir, runId, log });
  console.log(`\n${formatTimes(log.times)}\n\n${dir}\n${await formatFiles(dir, connectionUrl)}`);
  console.log(`
Running it again adds a tenant to the same directory.`);
  console.log(`To clean up: rm -rf '${dir}'`);
} catch (error) {
  console.error('\nThe demo failed.', ObjectStackError.isInstance(error) ? error.toProblemDetails() : error);
  process.exitCode = 1;
}
