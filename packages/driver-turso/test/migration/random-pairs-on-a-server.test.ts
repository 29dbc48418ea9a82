import { IS_EXHAUSTIVE, SEEDS } from '@objectstack/testing';
import { describe, it } from 'vitest';
import { checkLossless } from '../pairs/lossless.js';
import { checkRollback } from '../pairs/rollback.js';
import { checkUnmanagedObjects } from '../pairs/unmanaged-objects.js';
import { onServer } from '../subject.js';
import { Tally } from '../tally.js';
import { sharedSqld } from '../transports.js';

const tally = new Tally();
/** Twenty pairs take a server eight seconds where nothing else runs. */
const TIMEOUT_MS = 120_000;

describe('on a real server', () => {
  const open = onServer(sharedSqld());

  it.each(SEEDS(IS_EXHAUSTIVE ? 300 : 100))(
    'changes and rollbacks do what they do on a file (seeds from %i)',
    async (first, count) => {
      for (let seed = first; seed < first + count; seed++) {
        const check = [checkLossless, checkRollback, checkUnmanagedObjects][seed % 3];
        await check?.(open, seed, tally);
      }
    },
    TIMEOUT_MS,
  );
});
