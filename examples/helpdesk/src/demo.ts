import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { ObjectStackError } from '@objectstack/spec/shared';
import { runScenario } from './demo/scenario.js';
import { StepLog } from './demo/step-log.js';
import { formatFiles, formatTimes } from './demo/summary.js';

const dir = resolve(process.argv[2] ?? '.objectstack/demo');
const log = new StepLog();

console.log(`A help desk for a firm that rents machines out and repairs them, in ${dir}\n`);
try {
  const runId = randomBytes(5).toString('hex');
  const { connectionUrl } = await runScenario({ dir, runId, log });
  console.log(`\n${formatTimes(log.times)}\n\n${dir}\n${await formatFiles(dir, connectionUrl)}`);
  console.log(`\nTo run it again, start it again: the next tenant lies beside this one.`);
  console.log(`To clean up: rm -rf '${dir}'`);
} catch (error) {
  console.error('\nThe demo failed.', ObjectStackError.isInstance(error) ? error.toProblemDetails() : error);
  process.exitCode = 1;
}
