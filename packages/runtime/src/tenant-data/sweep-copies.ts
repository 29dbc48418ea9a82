import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { abandonCopy, deleteCopy } from './delete-copy.js';
import { STAGING_MS } from './staged-copy.js';
import { expiredBefore, instantIn, type TenantDataContext } from './tenant-data-context.js';

/** Result of a sweep of the copies of tenants. */
export interface CopySweepResult {
  /** Names of the databases that were deleted: expired backups, and what interrupted calls left. */
  readonly removedCopies: string[];
  /** Databases that failed to be deleted. The next sweep tries them again. */
  readonly problems: { readonly databaseName: string; readonly code: ErrorCode }[];
}

/** Deletes expired backups, and databases whose preparation was interrupted. Idempotent. */
export async function sweepCopies(context: TenantDataContext): Promise<CopySweepResult> {
  const result: CopySweepResult = { removedCopies: [], problems: [] };
  const expiresBefore = expiredBefore(context);
  for (const copy of await context.registry.listTenantCopies({ expiresBefore })) {
    const { databaseName } = copy;
    try {
      const isDeleted =
        copy.status === 'creating'
          ? await abandonCopy(context, copy, { expiresBefore, until: instantIn(context, STAGING_MS) })
          : await deleteCopy(context, copy, { expiresBefore });
      if (isDeleted) result.removedCopies.push(databaseName);
    } catch (error) {
      const code = ObjectStackError.isInstance(error) ? error.code : 'internal';
      result.problems.push({ databaseName, code });
    }
  }
  return result;
}
