import type { ChangeOrigin, TenantCopy } from '@objectstack/spec/contracts';
import { createTenantId } from '../shared/create-tenant-id.js';
import { discardStaged } from './delete-copy.js';
import { instantIn, instantNow, type TenantDataContext } from './tenant-data-context.js';

/** Time after which a sweep considers the process that prepares a database ended. */
export const STAGING_MS = 15 * 60_000;
const HEARTBEAT_MS = 60_000;

type Staged = Pick<TenantCopy, 'tenantId' | 'databaseName'> & { readonly kind: TenantCopy['kind'] };

/** A database in preparation: recorded before it is created, and kept by a heartbeat until it is used or discarded. */
export class StagedCopy {
  readonly copy: TenantCopy;
  readonly #context: TenantDataContext;
  readonly #timer: NodeJS.Timeout;

  private constructor(context: TenantDataContext, copy: TenantCopy) {
    this.#context = context;
    this.copy = copy;
    this.#timer = setInterval(() => this.#extend(), HEARTBEAT_MS).unref();
  }

  static async begin(context: TenantDataContext, staged: Staged, by: ChangeOrigin): Promise<StagedCopy> {
    const copy: TenantCopy = {
      ...staged,
      id: createTenantId(),
      status: 'creating',
      createdAt: instantNow(context),
      expiresAt: instantIn(context, STAGING_MS),
    };
    await context.registry.addTenantCopy(copy, by);
    return new StagedCopy(context, copy);
  }

  /** Ends the heartbeat of a copy that is in use now. */
  keep(): void {
    clearInterval(this.#timer);
  }

  /** Deletes the database unless it is in use. What fails is left to a sweep. */
  async discard(): Promise<void> {
    this.keep();
    await discardStaged(this.#context, this.copy).catch(() => undefined);
  }

  #extend(): void {
    const expiresAt = instantIn(this.#context, STAGING_MS);
    void this.#context.registry.changeTenantCopy(this.copy.id, 'creating', { expiresAt }).catch(() => false);
  }
}

/** Prepares a database, and discards it if that fails. */
export async function whileStaging<T>(
  context: TenantDataContext,
  { by, ...staged }: Staged & { readonly by: ChangeOrigin },
  work: (copy: TenantCopy) => Promise<T>,
): Promise<T> {
  const preparation = await StagedCopy.begin(context, staged, by);
  try {
    const result = await work(preparation.copy);
    preparation.keep();
    return result;
  } catch (error) {
    await preparation.discard();
    throw error;
  }
}
