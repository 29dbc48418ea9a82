import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openLocalDatabase, tursoLocal } from '@objectstack/driver-turso';
import { createRuntime } from '@objectstack/runtime';
import { type Figure, median } from './measure.js';

const COMMAND = fileURLToPath(new URL('../../packages/cli/dist/command/bin.js', import.meta.url));
const ROUNDS = 15;
const TENANTS = 10_000;

/** Milliseconds until a process of Node.js with these arguments has ended. */
async function timeOf(cwd: string, ...args: string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return performance.now() - start;
}

async function comparedWithNode(
  folder: string,
  { what, targetMs, args }: { what: string; targetMs: number; args: string[] },
): Promise<Figure> {
  const empty = `${folder}/empty.mjs`;
  await writeFile(empty, '');
  const times: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round++)
    times.push([await timeOf(folder, COMMAND, ...args), await timeOf(folder, empty)]);
  const [ours, reference] = [0, 1].map((side) => median(times.map((pair) => pair[side] as number)));
  return { what, targetMs, ours: ours ?? Number.NaN, reference: reference ?? Number.NaN };
}

/** Registers tenants without databases: a list reads the registry only. */
async function registerTenants(folder: string): Promise<void> {
  const os = await createRuntime({ dataPlane: tursoLocal({ dir: `${folder}/.objectstack` }) });
  await os.provisioning.provisionTenant({ orgId: 'default' });
  await os.close();
  const control = openLocalDatabase({ path: `${folder}/.objectstack/control.db` });
  const { rows } = await control.execute({
    sql: "SELECT name FROM temp.pragma_table_info('_os_control_tenant')",
  });
  const columns = rows.map(({ name }) => String(name));
  const copied = columns.map((name) =>
    ['id', 'database_name'].includes(name) ? `"${name}" || '-' || i` : `"${name}"`,
  );
  await control.execute({
    sql: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      INSERT INTO _os_control_tenant (${columns.map((name) => `"${name}"`).join(', ')}) SELECT ${copied.join(', ')} FROM _os_control_tenant, n`,
    args: [TENANTS - 1],
  });
  await control.close();
}

/** The built command: start-up and a list, each in a fresh process, beside Node.js that runs an empty file. */
export async function measureCommandLine(root: string): Promise<Figure[]> {
  if (!existsSync(COMMAND)) throw new Error('The command is not built. Run: npx pnpm build');
  const folder = `${root}/command-line`;
  await mkdir(folder);
  await registerTenants(folder);
  return [
    await comparedWithNode(folder, {
      what: 'objectstack --help, compared with Node.js and an empty file',
      targetMs: 150,
      args: ['--help'],
    }),
    await comparedWithNode(folder, {
      what: `objectstack tenants list with ${TENANTS} tenants, compared with Node.js and an empty file`,
      targetMs: 450,
      args: ['tenants', 'list'],
    }),
    await comparedWithNode(folder, {
      what: `objectstack tenants list --json with ${TENANTS} tenants, compared with Node.js and an empty file`,
      targetMs: 450,
      args: ['tenants', 'list', '--json'],
    }),
  ];
}
