import { readFileSync } from 'node:fs';
import { tursoLocal } from '@objectstack/driver-turso';
import { ObjectStackError } from '@objectstack/spec/shared';
import { createRuntime } from '../src/create-runtime.js';

export interface DeployChildInput {
  dir: string;
  tenantId: string;
  /** File with the plan that is executed. */
  planFile: string;
}

/** Reports that it is ready, waits for a line, executes the plan, and prints the result or the code of the error. */
const { dir, tenantId, planFile }: DeployChildInput = JSON.parse(process.argv[2] ?? '');
const runtime = await createRuntime({ dataPlane: tursoLocal({ dir }) });
await runtime.router.getTenantClient(tenantId);
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
process.stdin.destroy();
const outcome = await runtime.deployments
  .executeDeployment(tenantId, JSON.parse(readFileSync(planFile, 'utf8')))
  .catch((error) => ({ code: ObjectStackError.isInstance(error) ? error.code : String(error) }));
process.stdout.write(`${JSON.stringify(outcome)}\n`);
await runtime.close();
