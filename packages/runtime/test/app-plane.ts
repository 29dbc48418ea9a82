import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppManifestInput } from '@objectstack/spec/system';
import type { AppContext } from '../src/apps/app-context.js';
import { createAppService } from '../src/apps/create-app-service.js';
import { createSecretSealer } from '../src/secret/create-secret-sealer.js';
import { openTenant } from './deploy-plane.js';

const text = { type: 'text' } as const;

export const CONTACTS = {
  name: 'contacts',
  namespace: 'contacts',
  version: '1.0.0',
  objects: [
    {
      name: 'contacts__person',
      fields: { code: { ...text, unique: true }, name: { ...text, label: 'Name' }, phone: text },
    },
  ],
  objectExtensions: [{ extend: 'account', fields: { contacts__score: { type: 'number' } } }],
  views: [
    { name: 'contacts__people', object: 'contacts__person', list: { type: 'grid', columns: ['name'] } },
  ],
  seedData: [
    {
      object: 'contacts__person',
      externalId: 'code',
      records: [
        { code: 'ann', name: 'Ann', phone: '1' },
        { code: 'bob', name: 'Bob', phone: '2' },
      ],
    },
  ],
} satisfies AppManifestInput;

export const CONTACTS_2 = {
  ...CONTACTS,
  version: '2.0.0',
  objects: [
    {
      name: 'contacts__person',
      fields: {
        code: { ...text, unique: true },
        name: { ...text, label: 'Full name' },
        telephone: { ...text, renamedFrom: 'phone' },
        email: text,
      },
    },
  ],
  seedData: [
    {
      object: 'contacts__person',
      externalId: 'code',
      records: [
        { code: 'ann', name: 'Anna' },
        { code: 'bob', name: 'Robert' },
        { code: 'cid', name: 'Cid' },
      ],
    },
  ],
} satisfies AppManifestInput;

export const BILLING = {
  name: 'billing',
  namespace: 'billing',
  version: '1.0.0',
  dependencies: [{ appId: 'contacts', range: '^1.0.0' }],
  objects: [
    {
      name: 'billing__invoice',
      fields: { number: text, person: { type: 'lookup', reference: 'contacts__person' } },
    },
  ],
  settings: {
    api_key: { type: 'text', secret: true, required: true },
    limit: { type: 'number' },
    currency: { type: 'text', default: 'EUR' },
  },
} satisfies AppManifestInput;

export const SEALER = createSecretSealer({ keys: [{ id: 'k1', key: new Uint8Array(32).fill(7) }] });

/** A tenant with the app service on real files. */
export async function openAppTenant(options: Partial<AppContext> & Parameters<typeof openTenant>[0] = {}) {
  const tenant = await openTenant(options);
  const apps = createAppService({
    ...tenant,
    environment: 'prod',
    runtimeVersion: '1.2.3',
    sealer: SEALER,
    ...options,
  });
  /** Everything that is stored, to prove that a secret is nowhere. */
  const allText = async () => {
    const files = await readdir(tenant.dir, { recursive: true, withFileTypes: true });
    const texts = files
      .filter((file) => file.isFile())
      .map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
    return (await Promise.all(texts)).join('\n');
  };
  return { ...tenant, apps, allText };
}

type AppTenant = Pick<Awaited<ReturnType<typeof openAppTenant>>, 'router' | 'dataPlane' | 'apps'>;

/** The parts of a tenant with contacts that do not contain ids and times. */
export async function appStateOf({ router, dataPlane, apps }: AppTenant, tenantId: string) {
  const driver = await router.getTenantClient(tenantId);
  const { objects, components } = await dataPlane.schemaDiff.introspect(driver);
  const people = objects.some(({ definition }) => definition.name === 'contacts__person')
    ? (await driver.find('contacts__person', { orderBy: [{ field: 'code' }] })).map(
        ({ id, created_at, updated_at, ...rest }) => rest,
      )
    : null;
  const archives = (await apps.listArchives(tenantId)).map(({ appId, records }) => [appId, records]);
  return { objects, components, people, apps: await apps.list(tenantId), archives };
}

type Apps = AppTenant['apps'];

interface AppCall {
  readonly method: 'installApp' | 'upgradeApp' | 'uninstallApp';
  /** Arguments after the identifier of the tenant. */
  readonly args: readonly unknown[];
}

type AppOperation = [name: string, before: (apps: Apps, tenantId: string) => Promise<unknown>, call: AppCall];

const install: AppCall = { method: 'installApp', args: [CONTACTS, {}] };
const installed = (apps: Apps, tenantId: string) => apps.installApp(tenantId, CONTACTS, {});
const uninstall = (data?: string): AppCall => ({
  method: 'uninstallApp',
  args: ['contacts', ...(data ? [{ data }] : [])],
});

/** Each operation on apps, and what it starts from. */
export const APP_OPERATIONS: AppOperation[] = [
  ['install', async () => {}, install],
  ['upgrade', installed, { method: 'upgradeApp', args: ['contacts', CONTACTS_2] }],
  ['uninstall', installed, uninstall()],
  ['uninstall with archive', installed, uninstall('archive')],
  ['uninstall with purge', installed, uninstall('purge')],
  [
    'install with archived data',
    async (apps, tenantId) => {
      await installed(apps, tenantId);
      await apps.uninstallApp(tenantId, 'contacts', { data: 'archive' });
    },
    install,
  ],
];
