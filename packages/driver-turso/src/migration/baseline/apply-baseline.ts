import type {
  AppliedBaseline,
  ApplyBaselineOptions,
  IDataDriver,
  SqlStatement,
} from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { ObjectStackError, runStepsInTurns, type Steps, throwIfAborted } from '@objectstack/spec/shared';
import { type CurrentSchema, TENANT_OWNER } from '@objectstack/spec/system';
import { v7 as uuidv7 } from 'uuid';
import { baselineInformation } from '../../schema/adopted-forms.js';
import { CREATE_SYSTEM_TABLES } from '../../schema/create-system-tables.js';
import { readCurrentSchema } from '../../schema/read-current-schema.js';
import { countersOfRows } from '../apply/advance-autonumber-counters.js';
import { metadataRows } from '../apply/metadata-rows.js';
import { findsNothing, latestDeploymentIs, schemaVersionIs } from '../plan/draft/guard-of.js';
import { readHistory } from '../rollback/read-history.js';
import { assertNothingDeployed, type FoundBaseline, findBaseline } from './plan-baseline.js';

const COLUMNS = [
  'id',
  'plan_hash',
  'bundle_checksum',
  'bundle_version',
  'base_schema_hash',
  'target_schema_hash',
  'statements',
  'owner',
  'undo',
  'created_at',
  'updated_at',
  'sequence',
];

interface Adoption extends FoundBaseline {
  readonly current: CurrentSchema;
  readonly deploymentId: string;
  readonly bundle: ApplyBaselineOptions['bundle'];
}

function historyRow(
  { baseline, schema, current, deploymentId, bundle }: Adoption,
  now: string,
): SqlStatement {
  return {
    sql: `INSERT INTO _os_deployment (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
    args: [
      deploymentId,
      baseline.planHash,
      bundle.checksum,
      bundle.version,
      current.schemaHash,
      schema.targetSchemaHash,
      baseline.statements.length,
      TENANT_OWNER,
      baselineInformation(schema.forms),
      now,
      now,
      1,
    ],
  };
}

/** Guards first: the rows are checked again, because another client may have changed them. */
function* statementsOf(adoption: Adoption, now: string): Steps<SqlStatement[]> {
  const { baseline, schema, checks, current } = adoption;
  return [
    schemaVersionIs(current.schemaVersion),
    ...CREATE_SYSTEM_TABLES.map((sql) => ({ sql })),
    latestDeploymentIs(null),
    ...checks.map(({ sql }) => findsNothing(`SELECT 1 FROM (${sql}) WHERE "rows" > 0`)),
    historyRow(adoption, now),
    ...baseline.statements.map((sql) => ({ sql })),
    ...(yield* metadataRows(schema.added, now)),
    ...schema.tables.flatMap(({ definition }) => countersOfRows(definition, now)),
  ];
}

/** The earlier adoption with the same bundle, if it is the only deployment. */
async function earlierAdoption(
  driver: IDataDriver,
  current: CurrentSchema,
  { bundle }: ApplyBaselineOptions,
): Promise<AppliedBaseline | null> {
  const [first, ...later] = current.deploymentId === null ? [] : await readHistory(driver);
  const isSame =
    first !== undefined &&
    later.length === 0 &&
    !first.isRetained &&
    first.bundleChecksum === bundle.checksum &&
    first.bundleVersion === bundle.version;
  if (!isSame) return null;
  return {
    isAdoptable: true,
    planHash: first.planHash,
    statements: [],
    findings: [],
    outcome: 'already_applied',
    deploymentId: first.id,
  };
}

/** See {@link ISchemaDiffService.applyBaseline}. */
export async function applyBaseline(
  driver: IDataDriver,
  desired: readonly ObjectDefinition[],
  options: ApplyBaselineOptions,
): Promise<AppliedBaseline> {
  const current = await readCurrentSchema(driver);
  const earlier = await earlierAdoption(driver, current, options);
  if (earlier) return earlier;
  assertNothingDeployed(current);
  const found = await findBaseline(driver, current, { desired, options });
  if (!found.baseline.isAdoptable) return { ...found.baseline, outcome: 'refused', deploymentId: null };
  throwIfAborted(options.signal);
  const { deploymentId = uuidv7(), bundle, signal } = options;
  const now = new Date().toISOString();
  const adoption = { ...found, current, deploymentId, bundle };
  await driver.executeAtomic(
    await runStepsInTurns(statementsOf(adoption, now), signal),
    signal ? { signal } : {},
  );
  await driver.refresh();
  const { schemaHash } = await readCurrentSchema(driver);
  const { targetSchemaHash } = found.schema;
  if (schemaHash !== targetSchemaHash)
    throw new ObjectStackError({
      code: 'schema_mismatch',
      message: 'The schema changed while the database was adopted. Find the difference with findDrift.',
      details: { schemaHash, targetSchemaHash },
    });
  return { ...found.baseline, outcome: 'applied', deploymentId };
}
