import type { CreateDatabaseRequest, TursoPlatformCapabilities } from '@objectstack/spec/contracts';
import { notSupported, ObjectStackError } from '@objectstack/spec/shared';
import * as z from 'zod';

/** Time for the creation of a database with an earlier state, which is put together from a backup, in milliseconds. */
export const RESTORE_TIMEOUT_MS = 600_000;

const TimestampSchema = z.iso.datetime();

/** The platform does not have the state of a timestamp. */
export function pointInTimeUnavailable(
  reason: string,
  details: { readonly latestAt?: string; readonly status?: number } = {},
): ObjectStackError {
  return new ObjectStackError({
    code: 'point_in_time_unavailable',
    message: `The database cannot be restored to this point in time: ${reason}.`,
    details: { reason, ...details },
  });
}

/**
 * Checks the timestamp of a copy before anything is created, because servers interpret one that is in the future, or that
 * they cannot read, as the latest state. Throws `not_supported`, `invalid_request` or `point_in_time_unavailable`.
 */
export function assertPointInTime(
  seed: CreateDatabaseRequest['seed'],
  { pointInTimeGapMs }: Pick<TursoPlatformCapabilities, 'pointInTimeGapMs'>,
): void {
  if (seed?.timestamp === undefined) return;
  if (pointInTimeGapMs === null) throw notSupported('point_in_time');
  if (!TimestampSchema.safeParse(seed.timestamp).success)
    throw new ObjectStackError({
      code: 'invalid_request',
      message: 'The timestamp of a copy must be in ISO 8601 and UTC, for example 2026-01-31T10:00:00Z.',
    });
  const now = new Date();
  if (Date.parse(seed.timestamp) > now.getTime())
    throw pointInTimeUnavailable('it is in the future', { latestAt: now.toISOString() });
}
