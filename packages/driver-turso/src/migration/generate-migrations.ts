import type { GenerateMigrationsOptions } from '@objectstack/spec/contracts';
import { type SQLDialect, SQLiteAlterTableLimitations, storageOf } from '@objectstack/spec/data';
import { notSupported, PROTOCOL_VERSION } from '@objectstack/spec/shared';
import type {
  DeployDiff,
  IndexChange,
  MigrationPlan,
  MigrationStatement,
  PreflightCheck,
} from '@objectstack/spec/system';
import { columnSql, createIndexSql, createTableSql } from '../schema/ddl.js';
import { foreignKeyOf } from '../schema/foreign-key.js';
import { quote } from '../schema/identifier.js';
import { columnOf, tableOf } from '../schema/object-table.js';
import { planHashOf } from './plan-hash.js';
import { duplicatesCheck } from './preflight.js';
import { refuseUnsupported } from './refuse-unsupported.js';

type Draft = Omit<MigrationStatement & { reversible: true }, 'order' | 'reversible' | 'args' | 'rollback'> & {
  /** Absent where the statement cannot be undone. */
  rollbackSql?: string | undefined;
};

function createTables(diff: DeployDiff, known: ReadonlySet<string>): Draft[] {
  return diff.objects.flatMap(({ change, id: changeId, after }): Draft[] => {
    if (change !== 'added' || !after) return [];
    const table = tableOf(after, known);
    const create: Draft = {
      kind: 'create_table',
      changeId,
      sql: createTableSql(table),
      risk: 'safe',
      explanation: `Creates the table of ${after.name}.`,
      rollbackSql: `DROP TABLE ${quote(table.name)}`,
    };
    return [create, ...table.indexes.map((index) => createIndex(table.name, index, changeId))];
  });
}

function addColumns(
  diff: DeployDiff,
  known: ReadonlySet<string>,
  { supportsDropColumn }: SQLiteAlterTableLimitations,
): Draft[] {
  return diff.fields.flatMap(({ change, id: changeId, risk, object, field, after }): Draft[] => {
    if (change !== 'added' || !after || !storageOf(after).column) return [];
    const key = foreignKeyOf(object, field, after, known) ?? undefined;
    return [
      {
        kind: 'add_column',
        changeId,
        sql: `ALTER TABLE ${quote(object)} ADD COLUMN ${columnSql(columnOf(field, after), key)}`,
        risk,
        explanation: `Adds ${field} to ${object}; it is empty in records that exist.`,
        rollbackSql: supportsDropColumn
          ? `ALTER TABLE ${quote(object)} DROP COLUMN ${quote(field)}`
          : undefined,
      },
    ];
  });
}

function createIndex(
  object: string,
  index: NonNullable<IndexChange['after']>,
  changeId: string,
  risk: Draft['risk'] = 'safe',
): Draft {
  const fields = index.columns.map(({ name }) => name).join(', ');
  return {
    kind: 'create_index',
    changeId,
    sql: createIndexSql(object, index),
    risk,
    explanation: `Indexes ${fields} of ${object}${index.unique ? ' and keeps their values unique' : ''}.`,
    rollbackSql: `DROP INDEX ${quote(index.name)}`,
  };
}

function createIndexes(diff: DeployDiff): Draft[] {
  return diff.indexes.flatMap(({ id, object, after, risk }) =>
    after ? [createIndex(object, after, id, risk)] : [],
  );
}

function preflightOf(diff: DeployDiff): PreflightCheck[] {
  const added = new Set(
    diff.fields.filter(({ change }) => change === 'added').map(({ object, field }) => `${object}.${field}`),
  );
  return diff.indexes.flatMap(({ id, object, after }) => {
    const isNew = after?.columns.some(({ name }) => added.has(`${object}.${name}`));
    return after?.unique && !isNew ? [duplicatesCheck(id, object, after)] : [];
  });
}

function toStatement({ rollbackSql, ...draft }: Draft, order: number): MigrationStatement {
  const statement = { order, ...draft, args: [] };
  if (rollbackSql === undefined) return { ...statement, reversible: false };
  return { ...statement, reversible: true, rollback: [{ sql: rollbackSql, args: [] }] };
}

/** A plan without its hash. */
export function draftPlan(
  diff: DeployDiff,
  dialect: SQLDialect,
  options: GenerateMigrationsOptions = {},
): Omit<MigrationPlan, 'planHash'> {
  if (dialect !== 'sqlite') throw notSupported('dialect', dialect);
  const { bundle, alterTable = SQLiteAlterTableLimitations } = options;
  refuseUnsupported(diff, alterTable);
  const known = new Set(diff.knownObjects);
  const drafts = [
    ...createTables(diff, known),
    ...addColumns(diff, known, alterTable),
    ...createIndexes(diff),
  ];
  const statements = drafts.map(toStatement);
  return {
    protocolVersion: PROTOCOL_VERSION,
    dialect,
    ...(bundle && { bundleChecksum: bundle.checksum, bundleVersion: bundle.version }),
    baseSchemaHash: diff.baseSchemaHash,
    targetSchemaHash: diff.targetSchemaHash,
    diff,
    statements,
    preflight: preflightOf(diff),
    reversible: statements.every(({ reversible }) => reversible),
  };
}

/** See {@link ISchemaDiffService.generateMigrations}. */
export function generateMigrations(
  diff: DeployDiff,
  dialect: SQLDialect,
  options: GenerateMigrationsOptions = {},
): MigrationPlan {
  const draft = draftPlan(diff, dialect, options);
  return { ...draft, planHash: planHashOf(draft) };
}
