import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const NEEDED_BYTES = 4 * 1024 ** 3;

/** A file system in memory if there is one with room: these tests kill processes, which loses nothing there either. */
function temporaryFolder(): string {
  if (process.env.OBJECTSTACK_TEST_TMPDIR) return process.env.OBJECTSTACK_TEST_TMPDIR;
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= NEEDED_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** Gives a run its own temporary folder, removes it, and fails when tests left something there. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(temporaryFolder(), 'objectstack-tests-'));
  process.env.TMPDIR = folder;
  return () => {
    // Scripts in one file, what tsx compiled, and Vite's transforms are of the run.
    const left = readdirSync(folder).filter(
      (name) => !/^(tsx-|objectstack-script-|node-compile-cache|[A-Za-z0-9_-]{21}$)/.test(name),
    );
    rmSync(folder, { recursive: true, force: true });
    if (left.length > 0) throw new Error(`Tests left behind in their temporary folder: ${left.join(', ')}.`);
  };
}
