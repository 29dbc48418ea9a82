import { accessDeadline } from '../provisioning/settle-access.js';
import { originOf } from '../shared/origin-of.js';
import type { Fence } from './replace-database.js';
import type { TenantDataContext } from './tenant-data-context.js';
import { IN_SERVICE } from './tenant-in-service.js';

const HEARTBEAT_MS = 20_000;

/** Keeps writes blocked while rows are copied: extends the deadline after which a sweep would permit them again. */
export class WriteBlock {
  readonly #context: TenantDataContext;
  readonly #timer: NodeJS.Timeout;
  #extended: Promise<Fence | null>;

  constructor(context: TenantDataContext, fence: Fence) {
    this.#context = context;
    this.#extended = Promise.resolve(fence);
    this.#timer = setInterval(() => this.extend(), HEARTBEAT_MS).unref();
  }

  /** Extends the deadline, unless someone else has changed it, which changes the access too. */
  extend(): void {
    this.#extended = this.#extended.then((fence) => fence && this.#next(fence)).catch(() => null);
  }

  /** Ends the heartbeat; returns the fence, or null if it no longer holds. Idempotent. */
  async release(): Promise<Fence | null> {
    clearInterval(this.#timer);
    return this.#extended;
  }

  async #next({ record, deadlineAt: ifDeadlineAt }: Fence): Promise<Fence | null> {
    const deadlineAt = accessDeadline(this.#context);
    const change = { deadlineAt, ifDeadlineAt };
    const by = originOf(this.#context);
    const { id } = record.tenant;
    const { changed } = await this.#context.registry.updateTenant(id, IN_SERVICE, change, by);
    return changed ? { record, deadlineAt } : null;
  }
}
