import { ObjectStackError } from '@objectstack/spec/shared';
import { type FileLimits, FileLimitsReader, NO_LIMITS, writeFileLimits } from '../connection/file-limits.js';

/** Current limits; none if their file is damaged and the change replaces what it says about access. */
function currentLimits(path: string, change: Partial<FileLimits>): FileLimits {
  try {
    return new FileLimitsReader(path).read();
  } catch (error) {
    if (!ObjectStackError.isInstance(error) || change.blockReads === undefined) throw error;
    return NO_LIMITS;
  }
}

/** Changes some limits of a database file; the others remain. */
export async function changeLimits(path: string, change: Partial<FileLimits>): Promise<void> {
  await writeFileLimits(path, { ...currentLimits(path, change), ...change });
}
