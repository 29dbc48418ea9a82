import { readFileSync } from 'node:fs';
import { tursoLocal } from '@objectstack/driver-turso';
import type { ITenantDataService } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { createAppService } from '../src/apps/create-app-service.js';
import { createFileBundleStore } from '../src/bundle/create-file-bundle-store.js';
import { createDeployPipeline } from '../src/deploy/create-deploy-pipeline.js';
import {
  createProvisioningService,
  DEFAULT_LIFECYCLE,
  type ProvisioningService,
} from '../src/provisioning/provisioning-service.js';
import { quotasOfPlans } from '../src/quota/with-plan-quotas.js';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';
import { createTenantRouter } from '../src/router/tenant-router.js';
import { createTenantDataService } from '../src/tenant-data/create-tenant-data-service.js';
import { DEADLINE_MS, GRACE_MS } from './deadlines.js';
import { faultyParts } from './fault-parts.js';
import { faultyDataPlane } from './fault-plane.js';
import { ManualClock } from './manual-clock.js';
import { type StopPoint, Stopper } from './stop-point.js';

export type Work =
  /** Executes the plan in a file. */
  | { readonly kind: 'deploy'; readonly planFile: string; readonly allow?: readonly string[] }
  | { readonly kind: 'rollback'; readonly deploymentId: string; readonly includeLater?: boolean }
  /** Calls a method of the provisioning service, a while after the clock of the test started. */
  | {
      readonly kind: 'provisioning';
      readonly method: keyof ProvisioningService;
      readonly args: readonly unknown[];
      readonly laterMs?: number;
    }
  /** Calls a method of the tenant data service, and reads what it streams. */
  | {
      readonly kind: 'tenantData';
      readonly method: keyof ITenantDataService;
      readonly args: readonly unknown[];
    }
  /** Calls a method of the app service. */
  | {
      readonly kind: 'apps';
      readonly method: 'installApp' | 'upgradeApp' | 'uninstallApp';
      readonly args: readonly unknown[];
    };

export interface WorkChildInput {
  readonly dir: string;
  readonly tenantId: string;
  readonly work: Work;
  /** File of the module `libsql`. */
  readonly libsql: string;
  /** Absent: the process works to its end. */
  readonly stop?: StopPoint;
  /** Calls, or `write`, each of which the process stops at. */
  readonly stopAtEach?: readonly string[];
  /** How far the clock of the process goes on while it stands still. Absent: not at all. */
  readonly asleepMs?: number;
  /** How often the process extends its lease. Absent: as ever. */
  readonly heartbeatMs?: number;
}

export interface WorkOutcome {
  /** What the work returned, or the code of its error. */
  readonly value: unknown;
  /** How many SQL statements of the work wrote. */
  readonly writes: number;
}

const input: WorkChildInput = JSON.parse(process.argv[2] ?? '');
const { dir, tenantId, work, heartbeatMs, stop, stopAtEach = [] } = input;
const clock = new ManualClock();
const isStop = ({ at, occurrence }: StopPoint) =>
  stopAtEach.includes(at) || (stop?.at === at && stop.occurrence === occurrence);
const stopper = new Stopper(isStop, () => clock.advance(input.asleepMs ?? 0));
const every = setInterval;
if (heartbeatMs !== undefined)
  globalThis.setInterval = ((beat: () => void) => every(beat, heartbeatMs)) as typeof setInterval;

const dataPlane = tursoLocal({ dir });
const registry = createTenantRegistry(dataPlane.defaults.controlDatabase);
await registry.initialize();
const kernel = { instanceId: tenantId, mode: 'test', version: '1.0.0', startTime: 1, features: {} } as const;
const router = createTenantRouter({ registry, dataPlane, kernel, clock });
const bundles = createFileBundleStore(dataPlane.defaults.bundleDirectory);
const parts = { registry, dataPlane, router, bundles, clock, environment: 'prod' } as const;
const deployments = createDeployPipeline(faultyParts(parts, stopper.faults));

async function run(): Promise<unknown> {
  if (work.kind === 'deploy') {
    const plan = JSON.parse(readFileSync(work.planFile, 'utf8'));
    return deployments.executeDeployment(tenantId, plan, { allow: work.allow ?? [] });
  }
  if (work.kind === 'rollback') {
    const { deploymentId, includeLater = false } = work;
    return deployments.rollbackDeployment(tenantId, deploymentId, { includeLater });
  }
  if (work.kind === 'tenantData') {
    const service = createTenantDataService({
      ...faultyParts(parts, stopper.faults),
      dataPlane: faultyDataPlane(dataPlane, stopper.faults),
      lifecycle: DEFAULT_LIFECYCLE,
      planQuotas: quotasOfPlans(),
      backupRetentionMs: null,
    });
    const called = (service[work.method] as (...args: readonly unknown[]) => unknown)(...work.args);
    if (work.method !== 'exportTenant') return called;
    let lines = 0;
    for await (const _ of called as AsyncIterable<string>) lines++;
    return lines;
  }
  if (work.kind === 'apps') {
    const service = createAppService({
      ...faultyParts(parts, stopper.faults),
      runtimeVersion: '1.2.3',
    });
    return (service[work.method] as (...args: readonly unknown[]) => Promise<unknown>)(...work.args);
  }
  clock.advance(work.laterMs ?? 0);
  const faulty = { ...faultyParts(parts, stopper.faults), clock };
  const service = createProvisioningService({
    ...faulty,
    dataPlane: faultyDataPlane(dataPlane, stopper.faults),
    destroyGraceMs: GRACE_MS,
    provisionDeadlineMs: DEADLINE_MS,
  });
  const method = service[work.method] as (...args: readonly unknown[]) => Promise<unknown>;
  return method(...work.args);
}

stopper.watch(input.libsql);
const value = await run().catch((error) => ({
  code: ObjectStackError.isInstance(error) ? error.code : String(error),
}));
const outcome: WorkOutcome = { value: value ?? null, writes: stopper.writes };
process.stdout.write(`${JSON.stringify(outcome)}\n`);
await registry.close();
await dataPlane.close();
