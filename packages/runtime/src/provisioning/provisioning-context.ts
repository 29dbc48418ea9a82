import type { DataPlane, ITenantRegistry, ITenantRouter } from '@objectstack/spec/contracts';
import type { Clock } from '../shared/clock.js';

/** What the parts of provisioning share. */
export interface ProvisioningContext {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  readonly router: Pick<ITenantRouter, 'invalidateCache'>;
  readonly clock: Clock;
  /** How long the data of a destroyed tenant is kept aside. */
  readonly destroyGraceMs: number;
  /** How long a tenant may be in provisioning before it counts as failed. */
  readonly provisionDeadlineMs: number;
}

export function instantNow({ clock }: ProvisioningContext): string {
  return clock.now().toISOString();
}

export function instantIn({ clock }: ProvisioningContext, milliseconds: number): string {
  return new Date(clock.now().getTime() + milliseconds).toISOString();
}
