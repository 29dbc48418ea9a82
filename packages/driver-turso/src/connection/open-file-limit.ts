import { totalmem } from 'node:os';
import { DESCRIPTORS_PER_FILE, descriptorsForOthers } from './descriptor-limit.js';

const MOST_OPEN_FILES = 1_000;
const FEWEST_OPEN_FILES = 2;

/** What an open file occupies at most: SQLite keeps up to 2 MB of its pages, and its schema and statements. */
const BYTES_PER_FILE = 2_300_000;
/** Share of the memory that open files may occupy. */
const SHARE_OF_MEMORY = 1 / 4;

/** What the process may use, in bytes: the memory of the machine, or of its container. */
export function memoryLimit(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

export interface ProcessLimits {
  readonly descriptors: number;
  /** Descriptors in use at the start; null if the system does not report it. */
  readonly descriptorsInUse: number | null;
  readonly memoryBytes: number;
}

/**
 * Maximum number of open files, so that neither descriptors nor memory run out. A closed client holds its descriptors
 * until it is garbage-collected.
 */
export function openFileLimit({ descriptors, descriptorsInUse, memoryBytes }: ProcessLimits): number {
  const reserve = descriptorsForOthers(descriptors);
  const others = Math.max(reserve, (descriptorsInUse ?? 0) + reserve / 2);
  const byDescriptors = (descriptors - others) / (2 * DESCRIPTORS_PER_FILE);
  const byMemory = (memoryBytes * SHARE_OF_MEMORY) / BYTES_PER_FILE;
  const files = Math.floor(Math.min(byDescriptors, byMemory, MOST_OPEN_FILES));
  return Math.max(FEWEST_OPEN_FILES, files);
}
