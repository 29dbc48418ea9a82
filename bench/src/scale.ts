import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('./measure-scale.ts', import.meta.url));
const TENANTS = 10_000;
const RECORDS = 1_000_000;

async function inItsOwnProcess(what: 'open' | 'stream', folder: string, count: number): Promise<unknown> {
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
}
