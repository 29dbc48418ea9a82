import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureApps } from './apps.js';
import { printColumnDrops } from './column-drops.js';
import { measureCommandLine } from './command-line.js';
import { measureDeployment } from './deployment.js';
import { printFigures } from './measure.js';
import { measureMigrations, printGrowth } from './migrations.js';
import { measurePostgres } from './postgres.js';
import { measureRecords } from './records.js';
import { measureRegistrations } from './registrations.js';
import { measureRollouts } from './rollouts.js';
import { printRolloutMemory, printScale, printServerTenants } from './scale.js';
import { measureServerRollouts } from './server-rollouts.js';
import { measureSpec } from './spec-cost.js';
import { measureTenants } from './tenants.js';

const MEASURES = {
  spec: measureSpec,
  deployment: measureDeployment,
  migrations: measureMigrations,
  records: measureRecords,
  tenants: measureTenants,
  registrations: measureRegistrations,
  rollouts: measureRollouts,
  'server-rollouts': measureServerRollouts,
  postgres: measurePostgres,
  apps: measureApps,
  'command-line': measureCommandLine,
};

// The names of measures, or nothing for all of them. Only by their names: server-tenants and rollout-memory, which take long.
const names = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'objectstack-bench-'));
try {
  const figures = [];
  for (const [name, measure] of Object.entries(MEASURES))
    if (names.length === 0 || names.includes(name)) figures.push(...(await measure(folder)));
  printFigures(figures);
  if (names.length === 0 || names.includes('migrations')) printGrowth();
  if (names.length === 0) {
    await printColumnDrops(folder);
    await printScale(folder);
  }
  if (names.includes('server-tenants')) await printServerTenants(folder);
  if (names.includes('rollout-memory')) await printRolloutMemory(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
