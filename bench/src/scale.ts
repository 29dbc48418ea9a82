import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FLEET_TENANTS } from './fleet.js';

const run = promisify(execFile);
const TENANTS = 10_000;
const RECORDS = 1_000_000;

async function inItsOwnProcess(script: string, ...args: readonly string[]): Promise<unknown> {
  const flags = ['--expose-gc', '--conditions=objectstack-source', '--import', 'tsx'];
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { stdout } = await run(process.execPath, [...flags, path, ...args]);
  return JSON.parse(stdout);
}

/**
 * Prints the cost of many tenants and many records; each is measured in a separate process, so that neither affects the
 * other's memory.
 */
export async function printScale(folder: string): Promise<void> {
  console.log(
    `${TENANTS} tenants opened in turn, each driver kept:`,
    await inItsOwnProcess('./measure-scale.ts', 'open', folder, String(TENANTS)),
  );
  console.log(
    `findStream over ${RECORDS} records, at most 64 MiB:`,
    await inItsOwnProcess('./measure-scale.ts', 'stream', folder, String(RECORDS)),
  );
}

/** Prints the cost of many tenants on libSQL servers that one process uses. Takes many minutes. */
export async function printServerTenants(folder: string): Promise<void> {
  console.log(
    `${TENANTS} tenants on libSQL servers, through one runtime:`,
    await inItsOwnProcess('./measure-server-tenants.ts', folder, String(TENANTS)),
  );
}

/** Prints the memory that a rollout to many tenants uses, with 10,000 tenants if tests are exhaustive. */
export async function printRolloutMemory(folder: string): Promise<void> {
  const tenants = Number(process.env.OBJECTSTACK_RUNS ?? 0) >= 1 ? TENANTS : FLEET_TENANTS;
  console.log(
    `rollout to ${tenants} tenants, whose memory must not grow with them:`,
    await inItsOwnProcess('./measure-scale.ts', 'rollout', folder, String(tenants)),
  );
}
