import assert from 'node:assert/strict';
import { POOL_STALE_MS } from '../../src/pool/pool-context.js';
import { LEASE_MS } from '../../src/provisioning/provisioning-lease.js';
import { ManualClock } from '../manual-clock.js';
import type { FaultPlace } from './fault-places.js';
import { type Fault, FaultPorts } from './fault-ports.js';
import { type FaultProcess, openFaultProcess } from './fault-process.js';
import type { StartState, Verb } from './fault-verbs.js';
import { enterState } from './start-state.js';

export interface Run {
  readonly verb: Verb;
  readonly state: StartState;
  /** Absent: nothing fails. */
  readonly fault?: Fault;
}

/** What must be the same whatever failed: the tenant, its database, its marker and schema, and the audit log. */
async function outcomeOf({ parts, provisioning }: FaultProcess, { verb, state }: Run, place: FaultPlace) {
  const { registry, dataPlane } = parts;
  const tenants = await registry.listAllTenants();
  const prepared = new Set((await registry.listPooledDatabases()).map(({ databaseName }) => databaseName));
  const databases = (await dataPlane.platform.listDatabases()).filter(
    ({ name }) => place.owns(name) && !prepared.has(name),
  );
  const [record] = tenants;
  const status = verb.states[state];
  assert.equal(tenants.length, 1);
  assert.equal(record?.tenant.provisioningStatus, status);
  assert.equal(record?.tenant.plan, verb.plan ?? 'free');
  const mayLackDatabase = status === 'destroying' && (state === 'provisioning' || state === 'failed');
  assert.ok(
    databases.length === 1 || (mayLackDatabase && databases.length === 0),
    `${databases.length} databases`,
  );
  const isBlocked = status === 'suspended' || status === 'destroying';
  for (const { name, blockReads, blockWrites } of databases)
    assert.deepEqual([name, blockReads, blockWrites], [record?.databaseName, isBlocked, isBlocked]);
  if (status !== 'destroying') assert.equal(record?.deadlineAt, null);
  const findings = (await provisioning.inspectTenants()).filter((one) => place.owns(one.databaseName));
  assert.deepEqual(findings, []);
  const entries = await registry.listAuditEntries({ tenantId: record?.tenant.id ?? '', limit: 100 });
  const into = (after: string) =>
    entries.filter((one) => one.action === 'change_tenant_status' && one.after === after);
  assert.equal(entries.filter(({ action }) => action === 'create_tenant').length, 1);
  const wasThere = state === 'destroying' && status === 'active' ? 2 : 1;
  // A tenant that claims a prepared database is active from the start.
  if (verb.hasPool) assert.ok(into('active').length <= 1);
  else if (status && state !== status)
    assert.equal(into(status).length, status === 'active' && state === 'suspended' ? 2 : wasThere);
  if (verb.plan !== undefined)
    assert.equal(entries.filter(({ action }) => action === 'change_tenant_plan').length, 1);
  if (verb.bundleVersion === undefined) return;
  const driver = dataPlane.createDriver({
    ...record?.tenant.connectionConfig,
    tenantId: record?.tenant.id,
  } as never);
  await driver.connect();
  const history = await dataPlane.schemaDiff.readHistory(driver);
  const inEffect = history.filter(({ isInEffect }) => isInEffect).length;
  assert.equal(inEffect, verb.bundleVersion === '2.0.0' ? 2 : 1);
  assert.equal(history.length, verb.bundleVersion === '2.0.0' ? 2 : 3);
  await driver.disconnect();
}

const DAY_MS = 24 * 3_600_000;
/** Longer than the lease of the verb, and shorter than the grace period of a destroyed tenant. */
const passLease = (clock: ManualClock, { bundleVersion }: Verb) =>
  clock.advance(bundleVersion === undefined ? LEASE_MS + 1 : DAY_MS);

/** Longer than any call needs that does not wait for a lease. */
const PATIENCE_MS = 2_000;

/** Lets the lease end that the work waits for: a process that lost the answer to its request for one waits for its own. */
async function untilLeaseEnds(clock: ManualClock, work: Promise<void>): Promise<void> {
  const timer = setInterval(() => clock.advance(LEASE_MS + 1), PATIENCE_MS);
  try {
    await work;
  } finally {
    clearInterval(timer);
  }
}

/** Longer than the deadline of a change of access to a database. */
const ACCESS_MS = 60_000;

/** The prepared databases of processes that ended are those of the next one, which deletes them when it ends. */
async function emptyPool(place: FaultPlace, clock: ManualClock): Promise<void> {
  const { provisioning, parts, close } = await openFaultProcess(place, {
    ports: new FaultPorts(),
    clock,
    hasPool: true,
  });
  try {
    // What another process prepared is deleted twice, because that process may have been only paused.
    for (let sweep = 0; sweep < 2; sweep++) {
      clock.advance(POOL_STALE_MS + 1);
      await provisioning.sweep();
    }
    await provisioning.stop();
    assert.deepEqual(await parts.registry.listPooledDatabases(), []);
  } finally {
    await close();
  }
}

/** A process without faults repeats the verb, as its caller does, and sweeps once every change of access is overdue. */
async function recover(
  place: FaultPlace,
  {
    run,
    tenantId,
    clock,
    isLast = false,
  }: { run: Run; tenantId: string; clock: ManualClock; isLast?: boolean },
): Promise<void> {
  const { hasPool = false } = run.verb;
  passLease(clock, run.verb);
  const process = await openFaultProcess(place, { ports: new FaultPorts(), clock, hasPool });
  try {
    await run.verb.call(process, tenantId);
    clock.advance(ACCESS_MS + 1);
    await process.deployments.sweep();
    const { problems } = await process.provisioning.sweep();
    assert.deepEqual(problems, []);
    // It would prepare other databases in the background while those that are there are counted or deleted.
    if (hasPool) await process.provisioning.stop();
    if (hasPool && isLast) await emptyPool(place, clock);
    await outcomeOf(process, run, place);
  } finally {
    await process.close();
  }
}

/**
 * Carries out a verb while one call of a port fails, lets another process recover, and checks what is there. Returns the
 * calls of each port, and whether the fault took place.
 */
export async function runWithFault(place: FaultPlace, run: Run): Promise<FaultPorts> {
  const clock = new ManualClock();
  const { verb, state, fault } = run;
  const entered = await enterState(place, { state, verb, clock });
  // A process that was interrupted before is gone: its lease has ended.
  if (state === 'provisioning' || state === 'failed') passLease(clock, verb);
  const ports = new FaultPorts(fault);
  const { hasPool = false } = verb;
  const process = await openFaultProcess(place, { ports, clock, hasPool });
  ports.arm();
  const settled = Promise.resolve(verb.call(process, entered)).then(
    () => undefined,
    () => undefined,
  );
  await untilLeaseEnds(clock, Promise.race([settled, ports.hangs]));
  const tenantId = entered || ((await process.parts.registry.listAllTenants())[0]?.tenant.id ?? '');
  await recover(place, { run, tenantId, clock });
  ports.release();
  await untilLeaseEnds(clock, settled);
  // A process that has ended does not delete what it has prepared.
  await process.provisioning.stop().catch(() => undefined);
  await process.close();
  await recover(place, { run, tenantId, clock, isLast: true });
  return ports;
}
