import { tursoLocal } from '@objectstack/driver-turso';
import type { EmbeddedDataPlane, IDataDriver } from '@objectstack/spec/contracts';
import { temporaryFolder } from '@objectstack/testing';
import { onTestFinished } from 'vitest';
import { createRuntime, type EmbeddedRuntimeOptions, type Runtime } from '../src/index.js';
import { ManualClock } from './manual-clock.js';
import { bundleOf, objectOf } from './sample-bundles.js';

const text = { type: 'text' } as const;

/** Objects whose records refer to each other, with numbers, lists and seed data. */
export const SHOP = bundleOf({
  objects: [
    objectOf('customer', {
      name: { ...text, required: true },
      code: { type: 'autonumber', format: 'C-{0000}' },
      tags: { ...text, multiple: true },
      friend: { type: 'lookup', reference: 'customer' },
      score: { type: 'number' },
      is_vip: { type: 'boolean' },
      profile: { type: 'json' },
      met_on: { type: 'date' },
    }),
    objectOf('ticket', {
      title: { ...text, unique: true },
      customer: { type: 'lookup', reference: 'customer', required: true },
    }),
  ],
  seedData: [{ object: 'customer', mode: 'insert', records: [{ name: 'Seeded' }] }],
});

/** The same with values that clones do not contain. */
export const MASKED_SHOP = bundleOf({
  ...SHOP,
  objects: (SHOP.objects ?? []).map((definition) => {
    const { name: field, ...fields } = definition.fields;
    if (definition.name !== 'customer' || !field) return definition;
    return {
      ...definition,
      fields: { ...fields, name: { ...field, maskingRule: { strategy: 'substitute' } } },
    };
  }),
});

export interface TenantDataPlane {
  readonly dir: string;
  readonly clock: ManualClock;
  readonly dataPlane: EmbeddedDataPlane;
  readonly runtime: Runtime;
}

/** A runtime on files, which is closed after the test. */
export async function openTenantDataPlane(
  options: Partial<EmbeddedRuntimeOptions> & { dir?: string; clock?: ManualClock } = {},
): Promise<TenantDataPlane> {
  const { dir = await temporaryFolder(), clock = new ManualClock(), ...others } = options;
  const dataPlane = tursoLocal({ dir });
  const runtime = await createRuntime({ dataPlane, clock, ...others });
  onTestFinished(() => runtime.close());
  return { dir, clock, dataPlane, runtime };
}

/** An active tenant with records of both objects, one of which was deleted after it had a number. */
export async function openShop({ runtime }: Pick<TenantDataPlane, 'runtime'>) {
  const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme', plan: 'pro' });
  await runtime.deployments.deploy(tenantId, SHOP);
  const driver = await runtime.router.getTenantClient(tenantId);
  const [ann, bob] = await driver.bulkCreate('customer', [
    { id: 'ann', name: 'Ann', tags: ['a', 'b'], friend: 'bob', score: 1.5, is_vip: true },
    { id: 'bob', name: 'Bob', friend: 'ann', profile: { deep: [1, null, 'x'] }, met_on: '2026-01-31' },
  ]);
  await driver.create('customer', { id: 'gone', name: 'Gone' });
  await driver.delete('customer', 'gone');
  await driver.create('ticket', { title: 'line one\nline two', customer: ann?.id ?? '' });
  return { tenantId, driver, ann, bob };
}

/** All records by the names of their objects, in the order of their ids. */
export async function allRecords(driver: IDataDriver): Promise<Record<string, unknown>> {
  const query = { orderBy: [{ field: 'id' }] };
  return { customer: await driver.find('customer', query), ticket: await driver.find('ticket', query) };
}

/** Names of the databases of the data plane. */
export const databaseNames = async ({ dataPlane }: Pick<TenantDataPlane, 'dataPlane'>) =>
  (await dataPlane.platform.listDatabases()).map(({ name }) => name);

export async function linesOf(archive: AsyncIterable<string>): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of archive) lines.push(line);
  return lines;
}
