import type { DataPlane, ITenantRegistry, ITenantRouter } from '@objectstack/spec/contracts';
import type { Clock } from '../shared/clock.js';

/** Dependencies and settings of provisioning. */
export interface ProvisioningContext {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  readonly router: Pick<ITenantRouter, 'invalidateCache'>;
  readonly clock: Clock;
  /** Grace period during which the data of a destroyed tenant is retained. */
  readonly destroyGraceMs: number;
  /** Time after which an unfinished provisioning counts as failed. */
  readonly provisionDeadlineMs: number;
}

export function instantNow({ clock }: ProvisioningContext): string {
  return clock.now().toISOString();
}

export function instantIn({ clock }: ProvisioningContext, milliseconds: number): string {
  return new Date(clock.now().getTime() + milliseconds).toISOString();
}
