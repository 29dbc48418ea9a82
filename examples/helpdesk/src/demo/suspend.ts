import type { IDataDriver, IProvisioningService, ITenantRouter } from '@objectstack/spec/contracts';
import type { AuthSession } from '@objectstack/spec/identity';
import { expectError } from './expect-error.js';
import type { Say } from './step-log.js';

export interface TenantInUse {
  readonly tenantId: string;
  readonly session: AuthSession;
  /** Driver that was created before the suspension. */
  readonly db: IDataDriver;
  readonly say: Say;
}

interface Services {
  readonly provisioning: IProvisioningService;
  readonly router: ITenantRouter;
}

export async function suspend(
  { provisioning, router }: Services,
  { tenantId, session, db, say }: TenantInUse,
): Promise<void> {
  await provisioning.suspendTenant(tenantId);
  const { code } = await expectError('tenant_suspended', () => router.resolveTenant(session));
  await expectError('tenant_suspended', () => db.count('ticket'));
  say(`${code}: for a new request and for an existing driver`);
}

export async function resume(
  { provisioning, router }: Services,
  { tenantId, session, db, say }: TenantInUse,
): Promise<void> {
  await provisioning.resumeTenant(tenantId);
  await router.resolveTenant(session);
  say(`${await provisioning.getTenantStatus(tenantId)} again, with ${await db.count('ticket')} tickets`);
}
