import type { IProvisioningService } from '@objectstack/spec/contracts';
import { assertReady, type TenantProvisioningRequestInput } from '@objectstack/spec/system';
import type { Say } from './step-log.js';

/** An active tenant. */
export interface RegisteredTenant {
  readonly tenantId: string;
  readonly connectionUrl: string;
}

export async function register(
  provisioning: IProvisioningService,
  request: TenantProvisioningRequestInput,
  say: Say,
): Promise<RegisteredTenant> {
  const result = await provisioning.provisionTenant(request);
  assertReady(result);
  say(`tenant ${result.tenantId} is ${result.status}`);
  say(result.steps.map(({ name, status }) => `${name} ${status}`).join(', '));
  return result;
}

/** Repeats the same request, as after a lost response. */
export async function repeatRequest(
  provisioning: IProvisioningService,
  request: TenantProvisioningRequestInput,
  { tenantId, say }: { tenantId: string; say: Say },
): Promise<void> {
  const again = await provisioning.provisionTenant(request);
  if (again.tenantId !== tenantId) throw new Error('the request key created a second tenant');
  say('the request key returns the same tenant; nothing was created twice');
}
