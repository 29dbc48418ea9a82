import type { IDataDriver, PlanRollbackOptions, SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema, DeployDiff, MigrationPlan } from '@objectstack/spec/system';
import { introspect } from '../schema/introspect.js';
import { readJson } from '../schema/stored-json.js';
import { diff } from './diff.js';
import { generateMigrations } from './generate-migrations.js';
import { desiredBefore, rollbackSourceOf, type Undo } from './undo.js';

const LATEST = `SELECT id, undo FROM _os_deployment ORDER BY sequence DESC LIMIT 1`;
/** What the same owner had deployed before the latest deployment; a bare schema change in between deployed no bundle. */
const BEFORE = `SELECT bundle_checksum, bundle_version FROM _os_deployment AS earlier
  WHERE bundle_checksum IS NOT NULL AND (SELECT sequence FROM _os_deployment ORDER BY sequence DESC LIMIT 1) > sequence
  AND owner = (SELECT owner FROM _os_deployment ORDER BY sequence DESC LIMIT 1) ORDER BY sequence DESC LIMIT 1`;
const KEPT = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '\\_os\\_undo\\_%' ESCAPE '\\'`;

function notLatest(deploymentId: string | null, latest: string | null): ObjectStackError {
  return new ObjectStackError({
    code: 'not_latest',
    message: 'Only the latest deployment can be undone.',
    details: { ...(deploymentId && { deploymentId }), latest },
  });
}

function assertKept({ tables }: Undo, kept: SqlResult | undefined, deploymentId: string): void {
  const names = new Set((kept?.rows ?? []).map(({ name }) => name));
  const missing = tables.filter(({ name }) => !names.has(name)).map(({ object }) => object);
  if (missing.length === 0) return;
  throw new ObjectStackError({
    code: 'undo_expired',
    message: 'What the deployment took away is no longer kept.',
    details: { deploymentId, objects: missing },
  });
}

function bundleOf(before: SqlResult | undefined) {
  const { bundle_checksum: checksum, bundle_version: version } = before?.rows[0] ?? {};
  return typeof checksum === 'string' && typeof version === 'string' ? { bundle: { checksum, version } } : {};
}

interface WayBack {
  readonly diff: DeployDiff;
  readonly bundle?: { readonly checksum: string; readonly version: string };
}

/** The way back from the latest deployment, by what it left in the history. */
export async function wayBack(
  driver: IDataDriver,
  current: CurrentSchema,
  deploymentId = current.deploymentId,
): Promise<WayBack> {
  if (deploymentId === null || deploymentId !== current.deploymentId)
    throw notLatest(deploymentId, current.deploymentId);
  const statements = [LATEST, BEFORE, KEPT].map((sql) => ({ sql }));
  const [latest, before, kept] = await driver.executeAtomic(statements, { mode: 'read' });
  const { id, undo: text } = latest?.rows[0] ?? {};
  if (id !== current.deploymentId || typeof text !== 'string') throw notLatest(deploymentId, String(id));
  const undo = readJson(text) as Undo;
  assertKept(undo, kept, id);
  const { objects, components } = desiredBefore(undo, current);
  const rollback = rollbackSourceOf(undo, id);
  return { diff: diff(current, objects, { owner: undo.owner, components, rollback }), ...bundleOf(before) };
}

/** See {@link ISchemaDiffService.planRollback}. */
export async function planRollback(
  driver: IDataDriver,
  { deploymentId }: PlanRollbackOptions = {},
): Promise<MigrationPlan> {
  const { diff: changes, bundle } = await wayBack(driver, await introspect(driver), deploymentId);
  return generateMigrations(changes, 'sqlite', bundle ? { bundle } : {});
}
