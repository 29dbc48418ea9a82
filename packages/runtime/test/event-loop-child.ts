import { tursoLocal } from '@objectstack/driver-turso';
import type { Field } from '@objectstack/spec/data';
import { longestGap } from '@objectstack/testing/longest-gap';
import { createRuntime } from '../src/create-runtime.js';
import { bundleOf, objectOf } from './sample-bundles.js';

export interface EventLoopInput {
  readonly dir: string;
  readonly objects: number;
}

export interface EventLoopOutcome {
  readonly gapsMs: readonly number[];
  readonly statuses: readonly string[];
}

const { dir, objects }: EventLoopInput = JSON.parse(process.argv[2] ?? '');
const FIELDS = 20;
const text: Field = { type: 'text' };
/** Of each object, a version with one field that is removed, one that is retyped, and one with a new rule. */
const OTHERWISE: Record<string, Field> = { f1: { type: 'number' }, f2: { ...text, unique: true } };

function fieldsOf(version: number): Record<string, Field> {
  const names = Array.from({ length: FIELDS }, (_, index) => `f${index}`).slice(version - 1);
  return Object.fromEntries(
    names.map((name): [string, Field] => [name, (version > 1 && OTHERWISE[name]) || text]),
  );
}

const version = (number: number) =>
  bundleOf(
    {
      objects: Array.from({ length: objects }, (_, index) => objectOf(`object_${index}`, fieldsOf(number))),
    },
    `${number}.0.0`,
  );

const runtime = await createRuntime({ dataPlane: tursoLocal({ dir }) });
const { provisioning, deployments } = runtime;
const { tenantId } = await provisioning.provisionTenant({ orgId: 'acme' });
await provisioning.migrateTenantPlan(tenantId, 'enterprise');
const gapsMs: number[] = [];
const statuses: string[] = [];

async function measured<T>(what: string, work: () => Promise<T>): Promise<T> {
  const { value, gapMs } = await longestGap(`${what} ${objects} objects`, work);
  gapsMs.push(gapMs);
  return value;
}

async function deploy(number: number): Promise<string> {
  const plan = await measured(`planning version ${number} of`, () =>
    deployments.planDeployment(tenantId, version(number)),
  );
  const allow = [...plan.diff.objects, ...plan.diff.fields, ...plan.diff.indexes].map(({ id }) => id);
  const copy = JSON.parse(JSON.stringify(plan));
  const result = await measured(`executing version ${number} of`, () =>
    deployments.executeDeployment(tenantId, copy, { allow }),
  );
  statuses.push(result.status);
  return result.deploymentId ?? '';
}

await deploy(1);
const deploymentId = await deploy(2);
await measured('rolling back', () => deployments.rollbackDeployment(tenantId, deploymentId));
await runtime.close();
const outcome: EventLoopOutcome = { gapsMs, statuses };
process.stdout.write(JSON.stringify(outcome));
