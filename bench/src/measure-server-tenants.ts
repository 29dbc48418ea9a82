import { randomBytes } from 'node:crypto';
import { readdir, readlink } from 'node:fs/promises';
import { createServerDatabaseStore, libsqlServer, openLocalDatabase } from '@objectstack/driver-turso';
import {
  createFileBundleStore,
  createRuntime,
  createSecretSealer,
  createTenantRegistry,
} from '@objectstack/runtime';
import { defineBundle } from '@objectstack/spec/system';
import { startSqld } from '../../testing/src/sqld.js';

const CONCURRENCY = 8;
/** A server keeps all of them open: while it replaces namespaces, it may never answer a request to copy one. */
const MOST_TENANTS_OF_A_SERVER = 1_150;
const MEBIBYTE = 2 ** 20;

const bundle = defineBundle({
  manifest: { version: '1.0.0' },
  objects: [{ name: 'note', fields: { title: { type: 'text' } } }],
});

/** Number of open sockets of this process. */
async function sockets(): Promise<number> {
  const descriptors = await readdir('/proc/self/fd').catch(() => []);
  const targets = descriptors.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => ''));
  return (await Promise.all(targets)).filter((target) => target.startsWith('socket:')).length;
}

/** Runs the work for each number below the count, a few at once. */
async function each(count: number, work: (index: number) => Promise<void>): Promise<number> {
  const beganAt = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return (performance.now() - beganAt) / count;
}

/** Provisions tenants on libSQL servers from a template, and writes and reads a record of each, through one runtime. */
async function measure(folder: string, count: number): Promise<Readonly<Record<string, number>>> {
  const servers = await Promise.all(
    Array.from({ length: Math.ceil(count / MOST_TENANTS_OF_A_SERVER) }, () => startSqld()),
  );
  const dataPlane = libsqlServer({
    servers: servers.map(({ urlTemplate, adminUrl }, index) => ({
      id: `server-${index}`,
      url: urlTemplate,
      adminUrl,
    })),
    store: createServerDatabaseStore(openLocalDatabase({ path: `${folder}/servers.db` })),
    sealer: createSecretSealer({ keys: [{ id: 'k1', key: randomBytes(32) }] }),
  });
  const os = await createRuntime({
    dataPlane,
    registry: createTenantRegistry(openLocalDatabase({ path: `${folder}/registry.db` })),
    bundles: createFileBundleStore(`${folder}/bundles`),
    templates: { notes: bundle },
  });
  const ids: string[] = [];
  let most = 0;
  const watch = setInterval(async () => {
    most = Math.max(most, await sockets());
  }, 250);
  const baseline = process.memoryUsage().rss;
  let repeated = 0;
  const provisioned = await each(count, async (index) => {
    const request = {
      orgId: 'bench',
      plan: 'enterprise',
      templateName: 'notes',
      requestKey: `r${index}`,
    } as const;
    let result = await os.provisioning.provisionTenant(request);
    if (result.status === 'failed' && result.error?.retryable) {
      repeated++;
      result = await os.provisioning.provisionTenant(request);
    }
    if (result.status !== 'active') throw new Error(`Tenant ${ids.length + 1} is ${JSON.stringify(result)}.`);
    ids.push(result.tenantId);
  });
  const used = async (index: number) => {
    const driver = await os.router.getTenantClient(ids[index] ?? '');
    await driver.create('note', { title: `Note ${index}` });
    const records = await driver.find('note');
    if (records.at(-1)?.title !== `Note ${index}`) throw new Error(`Tenant ${index} has another record.`);
  };
  const firstUse = await each(count, used);
  const laterUse = await each(count, used);
  clearInterval(watch);
  const memory = (process.memoryUsage().rss - baseline) / MEBIBYTE;
  await os.close();
  await Promise.all(servers.map((server) => server.stop()));
  return {
    tenants: count,
    servers: servers.length,
    'ms to provision one': provisioned,
    'repeated requests': repeated,
    'ms of its first write and read': firstUse,
    'ms of a later write and read': laterUse,
    'most sockets': most,
    'MiB of memory': memory,
  };
}

const [folder = '', count = '0'] = process.argv.slice(2);
console.log(JSON.stringify(await measure(folder, Number(count))));
process.exit(0);
