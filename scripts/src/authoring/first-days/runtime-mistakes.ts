import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTursoDriver, tursoLocal } from '@objectstack/driver-turso';
import { createRuntime } from '@objectstack/runtime';
import { temporaryFolder } from '@objectstack/testing';
import { type FirstDayMistake, mistake } from './first-day-mistake.js';

/** Opens a runtime with an option, and closes it. */
async function open(options: object): Promise<void> {
  const dataPlane = tursoLocal({ dir: await temporaryFolder() });
  try {
    const os = await createRuntime({ dataPlane, ...options });
    await os.close();
  } finally {
    await dataPlane.close();
  }
}

async function openBelowFile(): Promise<void> {
  const file = join(await temporaryFolder(), 'data');
  await writeFile(file, '');
  await open({ dataPlane: tursoLocal({ dir: join(file, 'crm') }) });
}

async function connect(url: string): Promise<void> {
  const driver = createTursoDriver({ url, maxRetries: 0 });
  await driver.connect();
}

async function callAfterClose(): Promise<unknown> {
  const os = await createRuntime({ dataPlane: tursoLocal({ dir: await temporaryFolder() }) });
  await os.close();
  return os.tenants.list();
}

/** Mistakes in the configuration of a runtime or driver, and in the requests of a control plane. */
export const RUNTIME_MISTAKES: readonly FirstDayMistake[] = [
  mistake('no folder', () => tursoLocal({} as never), [
    'configuration_invalid',
    'dir',
    /for example \.\/data/,
  ]),
  mistake('a folder below a file', openBelowFile, ['configuration_invalid', 'dir', /Check the path/]),
  mistake('a folder of the kernel', () => open({ dataPlane: tursoLocal({ dir: '/proc/crm' }) }), [
    'configuration_invalid',
    'dir',
    /Check the path/,
  ]),
  mistake('the folder without a data plane', () => createRuntime({ dir: './data' } as never), [
    'configuration_incomplete',
    'dataPlane',
    /for example .*tursoLocal/,
  ]),
  mistake('an abbreviated mode', () => open({ mode: 'prod' }), [
    'configuration_invalid',
    'mode',
    /Did you mean `production`/,
  ]),
  mistake('a misspelled option', () => open({ retentionDay: 7 }), [
    'configuration_invalid',
    'retentionDay',
    /Did you mean `retentionDays`/,
  ]),
  mistake('an unknown subscription plan', () => open({ planQuotas: { gold: { maxUsers: 5 } } }), [
    'configuration_invalid',
    'planQuotas.gold',
    /Known keys: free, pro, enterprise/,
  ]),
  mistake('a call after close', callAfterClose, ['runtime_closed', 'runtime', /Create a new one/]),
  mistake(
    'organizationId for orgId',
    ({ os }) => os.provisioning.provisionTenant({ organizationId: 'cone' } as never),
    ['unrecognized_keys', '/organizationId', /Did you mean `orgId`/],
  ),
  mistake('an organization for a tenant', ({ os }) => os.router.getTenantClient('acme'), [
    'tenant_not_found',
    'tenantId',
    /provisionTenant/,
  ]),
  mistake('a path for a URL', () => connect('./crm.db'), [
    'configuration_invalid',
    'url',
    /for example file:\.\/crm\.db/,
  ]),
  mistake('a port that is closed', () => connect('http://127.0.0.1:2'), [
    'database_unreachable',
    '127.0.0.1:2',
    /Check that it runs/,
  ]),
];
