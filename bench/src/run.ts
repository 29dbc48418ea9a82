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
import { printScale } from './scale.js';
import { measureSpec } from './spec-cost.js';
import { measureTenants } from './tenants.js';

const folder = await mkdtemp(join(tmpdir(), 'objectstack-bench-'));
try {
  const figures = [];
  for (const measure of [
    measureSpec,
    measureDeployment,
    measureMigrations,
    measureRecords,
    measureTenants,
    measureRegistrations,
    measureRollouts,
    measurePostgres,
    measureApps,
    measureCommandLine,
  ])
    figures.push(...(await measure(folder)));
  printFigures(figures);
  printGrowth();
  await printColumnDrops(folder);
  await printScale(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
