import type { ChangeOrigin, ITenantRegistry, RuntimeEvents, TenantRecord } from '@objectstack/spec/contracts';
import type { DeploymentRecord, DeployStatus, RuntimeEventName, TenantEvent } from '@objectstack/spec/system';

type Update = Awaited<ReturnType<ITenantRegistry['updateTenant']>>;
type Saved = Awaited<ReturnType<ITenantRegistry['saveDeployment']>>;

/** An event that a committed write of the registry caused. */
export type CausedEvent = {
  [Name in RuntimeEventName]: { readonly name: Name; readonly payload: RuntimeEvents[Name] };
}[RuntimeEventName];

interface Origin {
  readonly at: string;
  readonly by: ChangeOrigin | undefined;
}

const requestedBy = ({ by }: Origin) => ({
  ...(by?.actor !== undefined && { actor: by.actor }),
  ...(by?.requestId !== undefined && { requestId: by.requestId }),
});

export function tenantEvent({ tenant }: TenantRecord, origin: Origin): TenantEvent {
  const { id: tenantId, organizationId, provisioningStatus: status, plan } = tenant;
  return { at: origin.at, tenantId, organizationId, status, plan, ...requestedBy(origin) };
}

/** Events of a tenant that a prepared database or a copy makes active at once: those of any other provisioning. */
export function claimEvents(record: TenantRecord, origin: Origin): CausedEvent[] {
  const payload = tenantEvent(record, origin);
  return [
    { name: 'tenant.created', payload: { ...payload, status: 'provisioning' } },
    { name: 'tenant.activated', payload: { ...payload, previousStatus: 'provisioning' } },
  ];
}

function statusEvent(
  { provisioningStatus: before }: Update['previous'],
  { provisioningStatus: after }: TenantRecord['tenant'],
): `tenant.${'activated' | 'resumed' | 'suspended' | 'failed' | 'destroying'}` | undefined {
  if (before === after || after === 'provisioning') return undefined;
  if (after === 'active') return before === 'suspended' ? 'tenant.resumed' : 'tenant.activated';
  return `tenant.${after}`;
}

/** Events of a change of a tenant, in the order of the audit log. */
export function updateEvents({ record, changed, previous }: Update, origin: Origin): CausedEvent[] {
  if (!changed) return [];
  const { provisioningStatus, plan } = previous;
  const payload: TenantEvent = {
    ...tenantEvent(record, origin),
    ...(provisioningStatus !== record.tenant.provisioningStatus && { previousStatus: provisioningStatus }),
    ...(plan !== record.tenant.plan && { previousPlan: plan }),
  };
  const events: CausedEvent[] = [];
  const name = statusEvent(previous, record.tenant);
  if (name) events.push({ name, payload });
  if (payload.previousPlan !== undefined) events.push({ name: 'tenant.plan_changed', payload });
  if (previous.destroyedAt === null && record.destroyedAt !== null)
    events.push({ name: 'tenant.purged', payload });
  return events;
}

const hasEnded = (status: DeployStatus | null) => status === 'ready' || status === 'failed';

function deploymentEventName(before: DeployStatus | null, after: DeployStatus) {
  if (before === after) return undefined;
  if (after === 'ready' || after === 'failed') return `deployment.${after}` as const;
  return before === null || hasEnded(before) ? ('deployment.started' as const) : undefined;
}

/** The event of a change of a deployment, if its status began, completed or failed. */
export function deploymentEvents(
  written: DeploymentRecord,
  { changed, previousStatus }: Saved,
  origin: Origin,
): CausedEvent[] {
  const { id: deploymentId, tenantId, status, bundleVersion, bundleChecksum, rollbackOf, result } = written;
  const name = changed ? deploymentEventName(previousStatus, status) : undefined;
  if (!name) return [];
  const errorCode = result?.status === 'failed' ? result.error.code : undefined;
  const payload = {
    at: origin.at,
    tenantId,
    deploymentId,
    status,
    bundleVersion,
    bundleChecksum,
    ...(rollbackOf !== undefined && { rollbackOf }),
    ...(errorCode !== undefined && { errorCode }),
    ...requestedBy(origin),
  };
  return [{ name, payload }];
}
