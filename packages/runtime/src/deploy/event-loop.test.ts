import type { Field } from '@objectstack/spec/data';
import { IS_EXHAUSTIVE, longestGap } from '@objectstack/testing';
import { expect, it } from 'vitest';
import { openTenant } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

/** SQLite reads the whole schema after each statement that changes it, so the limit of a bundle would take minutes. */
const OBJECTS = IS_EXHAUSTIVE ? 300 : 60;
const FIELDS = 20;
/** Ten times of what is allowed on an idle machine, because tests run beside others. */
const LONGEST_MS = IS_EXHAUSTIVE ? 5_000 : 1_000;

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
      objects: Array.from({ length: OBJECTS }, (_, index) => objectOf(`object_${index}`, fieldsOf(number))),
    },
    `${number}.0.0`,
  );

it('turns the event loop during deployments and rollbacks of bundles with many objects', {
  timeout: 600_000,
}, async () => {
  const { tenantId, deployments, provisioning } = await openTenant();
  await provisioning.migrateTenantPlan(tenantId, 'enterprise');
  const gaps: number[] = [];
  const measured = async <T>(what: string, work: () => Promise<T>) => {
    const { value, gapMs } = await longestGap(`${what} ${OBJECTS} objects`, work);
    gaps.push(gapMs);
    return value;
  };
  const deploy = async (number: number) => {
    const plan = await measured(`planning version ${number} of`, () =>
      deployments.planDeployment(tenantId, version(number)),
    );
    const allow = [...plan.diff.objects, ...plan.diff.fields, ...plan.diff.indexes].map(({ id }) => id);
    const copy = JSON.parse(JSON.stringify(plan));
    return measured(`executing version ${number} of`, () =>
      deployments.executeDeployment(tenantId, copy, { allow }),
    );
  };
  expect(await deploy(1)).toMatchObject({ status: 'ready' });
  const { status, deploymentId } = await deploy(2);
  expect(status).toBe('ready');
  await measured('rolling back', () => deployments.rollbackDeployment(tenantId, deploymentId));
  for (const gapMs of gaps) expect(gapMs).toBeLessThan(LONGEST_MS);
});
