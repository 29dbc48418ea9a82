import { readdirSync, readFileSync } from 'node:fs';

const USUAL_LIMIT = 1_024;
const MOST_FOR_OTHERS = 256;

/** A file in WAL mode uses three descriptors: the database, the write-ahead log and its shared-memory index. */
export const DESCRIPTORS_PER_FILE = 3;

/** Maximum number of descriptors of this process. */
export function descriptorLimit(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    return Number(/Max open files\s+(\d+)/.exec(limits)?.[1] ?? USUAL_LIMIT);
  } catch {
    return USUAL_LIMIT;
  }
}

/** Reserved for sockets, other files and the temporary files of SQLite. */
export function descriptorsForOthers(limit: number): number {
  return Math.min(MOST_FOR_OTHERS, Math.floor(limit / 4));
}

/** Number of descriptors in use; null if the system does not report it. If none is left to count with, all are in use. */
export function descriptorsInUse(limit: number): number | null {
  try {
    return readdirSync('/dev/fd').length;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EMFILE' || code === 'ENFILE' ? limit : null;
  }
}
