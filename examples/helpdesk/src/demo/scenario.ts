import type { Runtime } from '@objectstack/runtime';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { AuthSession } from '@objectstack/spec/identity';
import { version1 } from '../version-1.js';
import { version2 } from '../version-2.js';
import { version3 } from '../version-3.js';
import { openRuntime, type PlaneConnection } from './demo-plane.js';
import { deploy } from './deploy.js';
import { assignTicket, attemptInvalidWrites, listOpenTickets, openTicket, rollBackVisit } from './records.js';
import { type RegisteredTenant, register, repeatRequest } from './register.js';
import { rejectRemoval, removeData, rollBack } from './remove-data.js';
import { compareWithSecondProcess } from './second-process.js';
import type { Say, StepLog } from './step-log.js';
import { resume, suspend } from './suspend.js';

const HOUR_MS = 3_600_000;

export interface Scenario {
  readonly connection: PlaneConnection;
  /** Makes organization and request key unique for every run. */
  readonly runId: string;
  readonly log: StepLog;
}

/** From a sign-up to version 3 and its rollback, with a second process that reads the data. */
export async function runScenario(scenario: Scenario): Promise<RegisteredTenant> {
  const { connection, log } = scenario;
  const os = await log.step('Open the runtime', () => openRuntime(connection));
  try {
    const tenant = await signUp(os, scenario);
    await useTenant(os, tenant, scenario);
    return tenant;
  } finally {
    await os.close();
  }
}

async function signUp(
  { provisioning, deployments }: Runtime,
  { runId, log }: Scenario,
): Promise<RegisteredTenant> {
  const request = { orgId: `org_${runId}`, displayName: 'Castle Hire', requestKey: `sign-up-${runId}` };
  const tenant = await log.step('Provision a tenant', (say) => register(provisioning, request, say));
  const { tenantId } = tenant;
  await log.step('Repeat the request', (say) => repeatRequest(provisioning, request, { tenantId, say }));
  await log.step('Deploy version 1', (say) => deploy(deployments, { tenantId, bundle: version1, say }));
  return tenant;
}

async function useTenant(
  os: Runtime,
  { tenantId }: RegisteredTenant,
  { connection, runId, log }: Scenario,
): Promise<void> {
  const session = newSession(runId);
  const db = await log.step('Resolve a session to its tenant', async (say) => {
    const context = await os.router.resolveTenant(session);
    say(
      `${session.userId} of ${context.organizationId}: tenant ${context.tenantId}, plan ${context.tenantPlan}`,
    );
    return os.router.getTenantClient(context.tenantId);
  });
  const ticket = await log.step('Create a record', (say) => openTicket(db, session.userId, say));
  await log.step('Attempt invalid writes', (say) => attemptInvalidWrites(db, say));
  await log.step('Update a record', (say) => assignTicket(db, ticket, say));
  await log.step('Find records, sorted and in pages', (say) => listOpenTickets(db, say));
  await log.step('Roll back a transaction', (say) => rollBackVisit(db, ticket, say));
  await log.step('Deploy version 2 onto the data', (say) =>
    deploy(os.deployments, { tenantId, bundle: version2, say }),
  );
  await rollBackRemoval(os, tenantId, db, log);
  await log.step('Read from a second process', (say) =>
    compareWithSecondProcess(db, { connection, tenantId, say }),
  );
  await log.step('Suspend', (say) => suspend(os, { tenantId, session, db, say }));
  await log.step('Resume', (say) => resume(os, { tenantId, session, db, say }));
}

/** Version 3 removes data: it is rejected, approved, and rolled back. */
async function rollBackRemoval(
  { deployments }: Runtime,
  tenantId: string,
  db: IDataDriver,
  log: StepLog,
): Promise<void> {
  const taking = (say: Say) => ({ tenantId, bundle: version3, db, say });
  const allow = await log.step('Deploy version 3, which is rejected', (say) =>
    rejectRemoval(deployments, taking(say)),
  );
  const deploymentId = await log.step('Approve the removal of data', (say) =>
    removeData(deployments, taking(say), allow),
  );
  await log.step('Roll back version 3', (say) => rollBack(deployments, taking(say), deploymentId));
}

function newSession(runId: string): AuthSession {
  return {
    id: `session_${runId}`,
    userId: 'user_morven',
    activeOrganizationId: `org_${runId}`,
    expiresAt: new Date(Date.now() + HOUR_MS).toISOString(),
  };
}
