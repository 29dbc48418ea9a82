import { execFile } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, promisify } from 'node:util';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { PlaneConnection } from './demo-plane.js';
import { type Snapshot, takeSnapshot } from './snapshot.js';
import type { Say } from './step-log.js';

/** Beside this module, and compiled if this one is. */
const READ_BACK = fileURLToPath(new URL(`./read-back${extname(import.meta.url)}`, import.meta.url));

/** The data that a separate process reads; it is started with the same loader as this one. */
async function readInSecondProcess(connection: PlaneConnection, tenantId: string): Promise<Snapshot> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...process.execArgv,
    READ_BACK,
    JSON.stringify(connection),
    tenantId,
  ]);
  return JSON.parse(stdout);
}

export async function compareWithSecondProcess(
  db: IDataDriver,
  { connection, tenantId, say }: { connection: PlaneConnection; tenantId: string; say: Say },
): Promise<void> {
  const [here, there] = await Promise.all([takeSnapshot(db), readInSecondProcess(connection, tenantId)]);
  if (!isDeepStrictEqual(here, there)) throw new Error('the second process reads different data');
  const total = Object.values(there.counts).reduce((sum, count) => sum + count, 0);
  say(`${total} records in ${Object.keys(there.counts).length} objects, the same in both processes`);
  say(`newest ticket ${there.newestTicket?.number}: ${there.newestTicket?.subject}`);
}
