import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** Releases the descriptors of closed clients, which the client library leaves to the garbage collector. */
export async function collectClosedClients(): Promise<void> {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = (globalThis.gc ?? runInNewContext('gc')) as () => void;
  }
  await nextTurn();
  collect();
  await nextTurn();
}
