import { createTursoDriver, tursoCloud } from '@objectstack/driver-turso';
import type { EmbeddedDataPlane, IDataDriver } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import type { NotSupportedFeature } from '@objectstack/spec/shared';
import { createRuntime, type Runtime } from '../src/index.js';
import { bundleOf, objectOf } from './sample-bundles.js';

/** A tenant with two deployed objects, and the services to call. */
export interface RefusingWorld {
  readonly runtime: Runtime;
  readonly dataPlane: EmbeddedDataPlane;
  readonly driver: IDataDriver;
  readonly tenantId: string;
}

type Call = (world: RefusingWorld) => unknown;

const text = { type: 'text' } as const;
const account = objectOf('account', { name: text, size: { type: 'number' }, key: { ...text, unique: true } });
const contact = objectOf('contact', { name: text, account: { type: 'lookup', reference: 'account' } });

export const DEPLOYED = bundleOf({ objects: [account, contact] });

const finding =
  (query: QueryInput): Call =>
  ({ driver }) =>
    driver.find('account', query);

const provisioning =
  (request: object): Call =>
  ({ runtime }) =>
    runtime.provisioning.provisionTenant({ orgId: 'acme', ...request });

/** A clone on a data plane whose platform cannot copy databases. */
async function cloneWithoutCopies({ dataPlane, tenantId }: RefusingWorld): Promise<void> {
  const platform = { ...dataPlane.platform, supports: { ...dataPlane.platform.supports, seed: false } };
  const copyless = Object.create(dataPlane, { platform: { value: platform } });
  const { tenantData } = await createRuntime({ dataPlane: copyless });
  await tenantData.cloneTenant(tenantId);
}

/** A call through the public packages for every unsupported feature. */
export const REFUSED_CALLS: { readonly [Feature in NotSupportedFeature]?: Call } = {
  migrations: ({ dataPlane, driver }) =>
    dataPlane.schemaDiff.introspect({ ...driver, supports: { ...driver.supports, migrations: false } }),
  dialect: async ({ dataPlane, driver }) => {
    const current = await dataPlane.schemaDiff.introspect(driver);
    return dataPlane.schemaDiff.generateMigrations(
      dataPlane.schemaDiff.diff(current, [account, contact]),
      'postgresql',
    );
  },
  query_joins: finding({ joins: [{ type: 'left', object: 'contact', on: {} }] }),
  query_search: finding({ search: { query: 'x' } }),
  query_window_functions: finding({
    windowFunctions: [{ function: 'row_number', alias: 'n', over: {} }],
  }),
  query_alias_case: finding({
    groupBy: ['name'],
    aggregations: [{ function: 'count', alias: 'NAME' }],
  }),
  id_type_change: ({ runtime, tenantId }) =>
    runtime.deployments.planDeployment(
      tenantId,
      bundleOf({ objects: [{ ...account, idType: 'integer' }, contact] }),
    ),
  transaction_isolation: ({ driver }) => driver.beginTransaction({ isolationLevel: 'snapshot' }),
  embedded_replica: () => createTursoDriver({ url: 'file:replica.db', syncUrl: 'libsql://example.turso.io' }),
  database_token: ({ dataPlane }) => dataPlane.platform.createToken('any', 'read-only'),
  database_copy: cloneWithoutCopies,
  point_in_time: ({ runtime, tenantId }) =>
    runtime.tenantData.restoreTenant(tenantId, { at: new Date().toISOString() }),
  platform_token: () => {
    const config = {
      organizationSlug: 'acme',
      urlTemplate: 'libsql://{tenant_id}-acme.example.com',
      groupAuthToken: { secret: 'group' },
    };
    return tursoCloud(config, { resolveSecret: () => 'x' }).platform.createDatabase({ name: 't' });
  },
  provisioning_template: provisioning({ templateName: 'shop' }),
  isolation_level: provisioning({ isolationLevel: 'shared_schema' }),
  database_provider: provisioning({ databaseProvider: 'postgres' }),
};
