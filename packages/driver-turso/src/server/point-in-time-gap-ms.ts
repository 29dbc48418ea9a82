import { ObjectStackError } from '@objectstack/spec/shared';

/** Time for the copy of a batch of writes to S3, and for the second that is cut off from a timestamp. */
const MARGIN_MS = 5_000;
const MOST_SECONDS = 86_400;

/** Time by which a copy of an earlier state can be older than its timestamp; null if servers do not back up. */
export function pointInTimeGapMs({
  backupIntervalSeconds: seconds,
}: {
  readonly backupIntervalSeconds?: number | undefined;
}): number | null {
  if (seconds === undefined) return null;
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= MOST_SECONDS) return seconds * 1_000 + MARGIN_MS;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: `backupIntervalSeconds of the libSQL servers must be a positive number of at most ${MOST_SECONDS}.`,
    details: { settings: ['backupIntervalSeconds'] },
  });
}
