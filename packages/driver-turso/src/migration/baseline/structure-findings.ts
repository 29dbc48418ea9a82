import { SYSTEM_FIELDS } from '@objectstack/spec/data';
import type { BaselineFinding, Drift, Table, TableColumn } from '@objectstack/spec/system';
import { columnNamed, foreignKeyOn } from '../../schema/column-named.js';
import { columnSql, createIndexSql, createTableSql } from '../../schema/create-table-sql.js';
import type { AdoptedSchema, AdoptedTable } from './adopted-schema.js';

const importInto = (object: string) =>
  `import the records into a new tenant, which converts them: objectstack data import ${object} <file>`;

const declared = (table: Table, column: TableColumn) => columnSql(column, foreignKeyOn(table, column.name));

type Part = Omit<BaselineFinding, 'object'>;

function columnFinding({ live, canonical }: AdoptedTable, name: string): Part {
  const hasSystemName = Object.hasOwn(SYSTEM_FIELDS, name);
  const [found, expected] = [live && columnNamed(live, name), columnNamed(canonical, name)];
  const sql = expected ? declared(canonical, expected) : '';
  const how = found && live ? `is declared as ${declared(live, found)}` : 'does not exist';
  const code = hasSystemName ? 'system_column' : found ? 'column_differs' : 'column_missing';
  const instead =
    found || hasSystemName
      ? `Declare the column as ${sql}`
      : 'Remove the field from the bundle, and deploy it after the adoption';
  return {
    code,
    severity: 'error',
    name,
    message: `The column ${how}; that of the object is ${sql}.`,
    next: `${instead}, or ${importInto(canonical.name)}`,
  };
}

/** A difference because of which the table could not be changed by a deployment. */
function changedFinding(table: AdoptedTable, { kind, name }: Drift): Part[] {
  const { live, canonical, missing } = table;
  if (kind === 'column') return [columnFinding(table, name)];
  if (kind === 'index') {
    const index = canonical.indexes.find((one) => one.name === name);
    if (index && missing.includes(index)) {
      const message = `The adoption creates the index: ${createIndexSql(canonical.name, index)}.`;
      return [{ code: 'index_created', severity: 'notice', name, message }];
    }
    const message = 'The name of the index is reserved for indexes of objects, but its definition differs.';
    return [{ code: 'index_differs', severity: 'error', name, message, next: `Drop the index ${name}` }];
  }
  const instead = importInto(canonical.name);
  if (!live) {
    const next = 'Remove the object from the bundle, and deploy it after the adoption';
    return [{ code: 'table_missing', severity: 'error', message: 'The database has no such table.', next }];
  }
  const message = `The table was created with constraints or options that the table of an object does not have: ${createTableSql(live)}.`;
  return [
    {
      code: 'table_constraint',
      severity: 'error',
      message,
      next: `Recreate the table without them, or ${instead}`,
    },
  ];
}

/** A column that no field describes. New records have no value for it. */
function unmanagedColumn(live: Table | undefined, name: string): Part | undefined {
  const column = live && columnNamed(live, name);
  if (!column?.notNull || column.defaultValue !== null || column.generated) return undefined;
  return {
    code: 'required_column',
    severity: 'error',
    name,
    message: `The column requires a value, and no field describes it: ${columnSql(column)}.`,
    next: 'Add a field for the column to the object, or give the column a default',
  };
}

function unmanaged(table: AdoptedTable | undefined, { kind, name, table: object }: Drift): BaselineFinding {
  const required = kind === 'column' ? unmanagedColumn(table?.live, name) : undefined;
  if (required) return { object, ...required };
  const part = name === object ? {} : { name };
  const message = `The ${kind} belongs to no object. It is preserved, and reported as drift.`;
  return { code: 'unmanaged', severity: 'notice', object, ...part, message };
}

/** Findings about tables, columns and indexes. */
export function structureFindings({ tables, drift }: AdoptedSchema): BaselineFinding[] {
  const byName = new Map(tables.map((table) => [table.canonical.name, table]));
  const misnamed = tables.filter(({ live, canonical }) => live && live.name !== canonical.name);
  const isMisnamed = (name: string) =>
    misnamed.some(({ live, canonical }) => name === live?.name || name === canonical.name);
  return [
    ...misnamed.map(
      ({ live, canonical: { name } }): BaselineFinding => ({
        code: 'table_name',
        severity: 'error',
        object: name,
        message: `The table has the name ${live?.name}.`,
        next: `Rename it: ALTER TABLE ${live?.name} RENAME TO ${name}_renamed, and then ${name}_renamed to ${name}`,
      }),
    ),
    ...drift.flatMap((found): BaselineFinding[] => {
      const table = byName.get(found.table);
      if (isMisnamed(found.table)) return [];
      if (found.code === 'DR701' || !table) return [unmanaged(table, found)];
      return changedFinding(table, found).map((part) => ({ object: found.table, ...part }));
    }),
  ];
}
