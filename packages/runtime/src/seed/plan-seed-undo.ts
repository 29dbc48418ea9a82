import type { IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { type DeployResult, type MigrationPlan, SYSTEM_OBJECTS } from '@objectstack/spec/system';
import { driverInTransaction } from './driver-in-transaction.js';
import { RecordedStatements } from './recorded-statements.js';
import { referenceSchemaOf } from './reference-schema.js';
import { samplesOf } from './replace-approval.js';
import { restoreRecords } from './restore-records.js';
import { type RetainedRow, retainedRows } from './retained-rows.js';
import { AMONG, quote, type RunSql, sqlIn } from './run-sql.js';
import { hasSeedTables } from './seed-records.js';
import { StoredSeedResultSchema } from './stored-seed-result.js';

type Findings = NonNullable<DeployResult['findings']>;

export interface SeedRollback {
  readonly deploymentId: string;
  /** The plan that will roll the schema back. */
  readonly plan: Pick<MigrationPlan, 'diff'>;
  /** The objects before that. */
  readonly deployed: readonly ObjectDefinition[];
}

/** What is reported of the rows that remain retained, by their kind. */
const NOT_RESTORED: Record<RetainedRow['kind'], { check: string; explain: (object: string) => string }> = {
  removed: {
    check: 'seed_removed',
    explain: (object) =>
      `Records of ${object} that seed data removed and that are not restored, because later writes conflict with them.`,
  },
  reference: {
    check: 'seed_reference',
    explain: (object) =>
      `Records of ${object} with a lookup that seed data cleared and that is not restored, because of later writes.`,
  },
  updated: {
    check: 'seed_updated',
    explain: (object) =>
      `Records of ${object} that seed data changed and whose previous values are not restored, because of later writes.`,
  },
};

function finding(
  check: string,
  object: string,
  ids: readonly string[],
  explanation: string,
): Findings[number] {
  return { checkId: `${check}:${object}`, rows: ids.length, samples: samplesOf(ids), explanation };
}

function unrestored(rows: readonly RetainedRow[]): Findings {
  const groups = new Map<string, RetainedRow[]>();
  for (const row of rows) {
    const key = `${row.kind}/${row.object}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { check, explain } = NOT_RESTORED[first.kind];
    return finding(
      check,
      first.object,
      group.map(({ record }) => record),
      explain(first.object),
    );
  });
}

/** Records that the deployment's seeds created: they stay, because others may have come to use them. */
async function createdBy(sql: RunSql, { deploymentId, plan, deployed }: SeedRollback): Promise<Findings> {
  const { removedObjects } = referenceSchemaOf(plan, deployed);
  const { rows } = await sql(
    'SELECT object, record FROM _os_seed_record WHERE deployment = ? ORDER BY rowid',
    [deploymentId],
  );
  const objects = [...new Set(rows.map(({ object }) => String(object)))].filter(
    (object) => !removedObjects.has(object),
  );
  const findings: Findings = [];
  for (const object of objects) {
    const ids = rows.flatMap((row) => (row.object === object ? [String(row.record)] : []));
    const { rows: there } = await sql(
      `SELECT CAST(id AS TEXT) AS record FROM ${quote(object)} WHERE id ${AMONG} ORDER BY id`,
      [JSON.stringify(ids)],
    );
    if (there.length === 0) continue;
    const explanation = `Records of ${object} that the seed data of the deployment created. They are not deleted.`;
    findings.push(
      finding(
        'seed_created',
        object,
        there.map(({ record }) => String(record)),
        explanation,
      ),
    );
  }
  return findings;
}

/** Forgets how far the deployment's seeds were, so that deploying them again writes them again. */
async function forgetProgress(sql: RunSql, deploymentId: string): Promise<void> {
  const { rows } = await sql(`SELECT id, result FROM ${SYSTEM_OBJECTS.seed.name}`);
  const ids = rows.flatMap(({ id, result }) => {
    const storedResult = StoredSeedResultSchema.safeParse(JSON.parse(String(result)));
    return storedResult.data?.deploymentId === deploymentId ? [String(id)] : [];
  });
  await sql(`DELETE FROM ${SYSTEM_OBJECTS.seed.name} WHERE id ${AMONG}`, [JSON.stringify(ids)]);
}

export interface SeedUndo {
  /** Repeat the changes that were tried, or fail: for the transaction that rolls the schema back, before its own statements. */
  readonly statements: readonly SqlStatement[];
  /** What stays as it is. */
  readonly findings: Findings;
  /** Findings of `look`. */
  readonly looked: Findings;
}

interface Attempt {
  readonly rollback: SeedRollback;
  /** Ids of what an earlier attempt could not restore. */
  readonly skipped: ReadonlySet<string>;
  readonly look: (driver: IDataDriver) => Promise<Findings>;
}

/** Undoes, in a transaction that is rolled back; or gives rows without which the next attempt has to do. */
async function tryUndo(
  driver: IDataDriver,
  { rollback, skipped, look }: Attempt,
): Promise<SeedUndo | { readonly undone: readonly RetainedRow[] }> {
  const transaction = await driver.beginTransaction();
  try {
    const recorded = new RecordedStatements(sqlIn(driver, transaction));
    const { run: sql } = recorded;
    const schema = referenceSchemaOf(rollback.plan, rollback.deployed);
    const retained = await retainedRows(sql, rollback.deploymentId);
    const { left, undone } = await restoreRecords(recorded, retained, { skipped, schema });
    if (undone.length > 0) return { undone };
    await forgetProgress(sql, rollback.deploymentId);
    const findings = [...unrestored(left), ...(await createdBy(sql, rollback))];
    const looked = await look(driverInTransaction(driver, transaction));
    return { statements: recorded.statements, findings, looked };
  } finally {
    await driver.rollback(transaction).catch(() => undefined);
  }
}

/**
 * Tries to undo what the seeds of a deployment did to records that were there, in a transaction that is rolled back, and
 * returns the statements that did so. They have to run before the schema is rolled back: values that this restores find
 * their records then. `look` sees the records as they will be.
 */
export async function planSeedUndo(
  driver: IDataDriver,
  rollback: SeedRollback,
  look: (driver: IDataDriver) => Promise<Findings>,
): Promise<SeedUndo> {
  if (!(await hasSeedTables(sqlIn(driver))))
    return { statements: [], findings: [], looked: await look(driver) };
  const skipped = new Set<string>();
  for (;;) {
    const attempt = await tryUndo(driver, { rollback, skipped, look });
    if ('looked' in attempt) return attempt;
    for (const row of attempt.undone) for (const id of row.ids) skipped.add(id);
  }
}
