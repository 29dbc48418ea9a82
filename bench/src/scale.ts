import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FLEET_TENANTS } from './fleet.js';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('./measure-scale.ts', import.meta.url));
const TENANTS = 10_000;
const RECORDS = 1_000_000;

/** As many as the exhaustive tests have, or a quick run's. */
const ROLLOUT_TENANTS = Number(process.env.OBJECTSTACK_RUNS ?? 0) >= 1 ? TENANTS : FLEET_TENANTS;

async function inItsOwnProcess(
  what: 'open' | 'stream' | 'rollout',
  folder: string,
  count: number,
): Promise<unknown> {
  const flags = ['--expose-gc', '--conditions=objectstack-source', '--import', 'tsx'];
  const { stdout } = await run(process.execPath, [...flags, SCRIPT, what, folder, String(count)]);
  return JSON.parse(stdout);
}

/**
 * Prints the cost of many tenants and many records; each is measured in a separate process, so that neither affects the
 * other's memory.
 */
export async function printScale(folder: string): Promise<void> {
  console.log(
    `${TENANTS} tenants opened in turn, each driver kept:`,
    await inItsOwnProcess('open', folder, TENANTS),
  );
  console.log(
    `findStream over ${RECORDS} records, at most 64 MiB:`,
    await inItsOwnProcess('stream', folder, RECORDS),
  );
  console.log(
    `rollout to ${ROLLOUT_TENANTS} tenants, whose memory must not grow with them:`,
    await inItsOwnProcess('rollout', folder, ROLLOUT_TENANTS),
  );
}
