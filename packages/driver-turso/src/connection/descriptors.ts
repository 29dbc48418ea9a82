import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const USUAL_LIMIT = 1_024;
const MOST_OPEN_FILES = 500;
const FEWEST_OPEN_FILES = 2;
const MOST_FOR_OTHERS = 256;

/** A file in WAL mode has three descriptors: the database, its log and the index of the log. */
export const DESCRIPTORS_PER_FILE = 3;

/** Most descriptors that this process may have. */
export function descriptorLimit(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    return Number(/Max open files\s+(\d+)/.exec(limits)?.[1] ?? USUAL_LIMIT);
  } catch {
    return USUAL_LIMIT;
  }
}

/** Left for sockets, other files and the temporary files of SQLite. */
export function descriptorsForOthers(limit: number): number {
  return Math.min(MOST_FOR_OTHERS, Math.floor(limit / 4));
}

/** Files that may be open at once: a closed client keeps its descriptors until the garbage collector has run. */
export function openFileLimit(limit: number): number {
  const reserve = descriptorsForOthers(limit);
  const others = Math.max(reserve, (descriptorsInUse(limit) ?? 0) + reserve / 2);
  const files = Math.floor((limit - others) / (2 * DESCRIPTORS_PER_FILE));
  return Math.min(MOST_OPEN_FILES, Math.max(FEWEST_OPEN_FILES, files));
}

/** Descriptors in use now; null where the system does not tell. Having none left to count with is an answer too. */
export function descriptorsInUse(limit: number): number | null {
  try {
    return readdirSync('/dev/fd').length;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EMFILE' || code === 'ENFILE' ? limit : null;
  }
}

let collect: (() => void) | undefined;

/** Frees the descriptors of closed clients, which the client library leaves to the garbage collector. */
export async function collectClosedClients(): Promise<void> {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = (globalThis.gc ?? runInNewContext('gc')) as () => void;
  }
  await nextTurn();
  collect();
  await nextTurn();
}
