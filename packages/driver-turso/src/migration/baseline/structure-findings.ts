import { SYSTEM_FIELDS } from '@objectstack/spec/data';
import type { BaselineFinding, CurrentSchema, Drift, Table, TableColumn } from '@objectstack/spec/system';
import { columnNamed, foreignKeyOn } from '../../schema/column-named.js';
import { columnSql, createIndexSql, createTableSql } from '../../schema/create-table-sql.js';
import { isSameJson } from '../../schema/hash-of.js';
import { quote } from '../../schema/quote.js';
import { adoptedEncodingOf, keepsValues } from '../diff/adopted/accepts-form.js';
import type { AdoptedSchema, AdoptedTable } from './adopted-schema.js';
import { keyFinding, keyOf } from './key-finding.js';
import { normalizedName } from './normalized-name.js';
import { optionFinding } from './option-finding.js';
import { otherWays } from './other-ways.js';
import { addTimestampSql } from './with-timestamps.js';

const declared = (table: Table, column: TableColumn) => columnSql(column, foreignKeyOn(table, column.name));

type Part = Omit<BaselineFinding, 'object'>;

/** A column or table that probably has the wanted name in another spelling, such as createdAt for created_at. */
const similar = (names: readonly string[], wanted: string, taken: ReadonlySet<string>) =>
  names.find((name) => !taken.has(name) && normalizedName(name) === normalizedName(wanted));

const renameTableSql = (from: string, to: string) => `ALTER TABLE ${quote(from)} RENAME TO ${quote(to)}`;

/** The statement that gives a column the name of the missing one. */
function renameOf({ live, canonical }: AdoptedTable, name: string): string | undefined {
  const taken = new Set(canonical.columns.map((column) => column.name));
  const found = similar(live?.columns.map((column) => column.name) ?? [], name, taken);
  if (found === undefined || !live) return undefined;
  return `ALTER TABLE ${quote(live.name)} RENAME COLUMN ${quote(found)} TO ${quote(name)}`;
}

/** Whether the field refers to integer ids, and the type of its column would keep them as texts or fractions. */
function storesNoIntegerIds(table: AdoptedTable, { name, type }: TableColumn): boolean {
  const field = table.definition.fields[name];
  if (!field || adoptedEncodingOf(field, table) !== 'integer_id') return false;
  return !keepsValues({ type, strict: table.live?.strict }, field, table);
}

const NO_INTEGERS =
  ' It refers to integer ids, which are sorted and compared by value, and a column of this type does not store integers.';

function columnFinding(table: AdoptedTable, name: string): Part {
  const { live, canonical, definition } = table;
  const hasSystemName = Object.hasOwn(SYSTEM_FIELDS, name);
  const [found, expected] = [live && columnNamed(live, name), columnNamed(canonical, name)];
  const sql = expected ? declared(canonical, expected) : '';
  const how = found && live ? `is declared as ${declared(live, found)}` : 'does not exist';
  const code = hasSystemName ? 'system_column' : found ? 'column_differs' : 'column_missing';
  const rename = found ? undefined : renameOf(table, name);
  const isIntegerKey = name === 'id' && definition.idType !== 'integer' && found?.type === 'INTEGER';
  const isOtherInteger = name === 'id' && found !== undefined && !isIntegerKey && found.type.includes('INT');
  const isRequired = found?.notNull && found.defaultValue === null;
  const isOtherReference = found !== undefined && storesNoIntegerIds(table, found);
  const declare = isOtherReference
    ? 'Recreate the table, which converts the references, and declare'
    : 'Declare';
  const instead = isIntegerKey
    ? 'Add `idType: integer` to the object'
    : isOtherInteger
      ? 'Recreate the table with "id" INTEGER PRIMARY KEY, of which SQLite assigns the ids, and add `idType: integer` to the object'
      : rename
        ? 'Rename the column'
        : found || hasSystemName
          ? `${declare} the column as ${sql}`
          : 'Remove the field from the bundle, and deploy it after the adoption';
  const why = isOtherReference ? NO_INTEGERS : '';
  return {
    code,
    severity: 'error',
    name,
    message: `The column ${how}; that of the object is ${sql}.${why}`,
    next: `${instead}, ${otherWays(canonical.name, found && !hasSystemName && !isRequired ? 'column' : undefined)}`,
    ...(rename !== undefined && { fix: [rename] }),
  };
}

const isReplacedBy = ({ canonical, replaced }: AdoptedTable, name: string, by: string) =>
  isSameJson(
    { ...replaced.find((index) => index.name === name), name: '' },
    { ...canonical.indexes.find((index) => index.name === by), name: '' },
  );

/** What the adoption adds to a table, and what the table keeps. */
function keptFindings(table: AdoptedTable): Part[] {
  const { canonical, form, added } = table;
  const columns = (form?.columns ?? []).filter(
    (column) => !added.includes(column.name) && !isSameJson(column, columnNamed(canonical, column.name)),
  );
  const declarations = [
    ...columns.map((column) => columnSql(column)),
    ...(form?.constraints ?? []),
    ...(form?.strict ? ['STRICT'] : []),
  ];
  return [
    ...added.map((name): Part => {
      const message = `The adoption adds the column: ${addTimestampSql(canonical.name, name)}.`;
      return { code: 'column_added', severity: 'notice', name, message };
    }),
    ...(declarations.length === 0
      ? []
      : [
          {
            code: 'declaration_kept',
            severity: 'notice',
            message: `The table keeps declarations that have no effect on records, until a deployment changes them: ${declarations.join(', ')}.`,
          } as const,
        ]),
  ];
}

/** A difference because of which the table could not be changed by a deployment. */
function changedFinding(
  table: AdoptedTable,
  { kind, name }: Drift,
  { tables, objects }: { tables: readonly string[]; objects: ReadonlySet<string> },
): Part[] {
  const { live, canonical, missing, replaced } = table;
  if (kind === 'column') return [columnFinding(table, name)];
  if (kind === 'index') {
    const index = canonical.indexes.find((one) => one.name === name);
    if (index && missing.includes(index)) {
      const same = replaced
        .map((other) => other.name)
        .find((other) => isReplacedBy(table, other, index.name));
      const how = same === undefined ? 'creates the index' : `replaces the index ${same}`;
      const message = `The adoption ${how}: ${createIndexSql(canonical.name, index)}.`;
      return [
        { code: same === undefined ? 'index_created' : 'index_replaced', severity: 'notice', name, message },
      ];
    }
    const message = 'The name of the index is reserved for indexes of objects, but its definition differs.';
    return [{ code: 'index_differs', severity: 'error', name, message, next: `Drop the index ${name}` }];
  }
  if (!live) {
    const found = similar(tables, canonical.name, objects);
    const isOther = found === undefined;
    return [
      {
        code: 'table_missing',
        severity: 'error',
        message: 'The database has no such table.',
        next: isOther
          ? 'Remove the object from the bundle, and deploy it after the adoption'
          : 'Rename the table',
        ...(!isOther && { fix: [renameTableSql(found, canonical.name)] }),
      },
    ];
  }
  const others = (live.constraints ?? []).filter((text) => !table.form?.constraints?.includes(text));
  const found = others.length > 0 ? others.join(', ') : createTableSql(live);
  return [
    {
      code: 'table_constraint',
      severity: 'error',
      message: `The table has constraints that the rules of the object do not imply: ${found}.`,
      next: `Declare the rules in the object, recreate the table without the constraints, ${otherWays(canonical.name, 'table')}`,
    },
  ];
}

/**
 * The finding that makes the others about a table meaningless: an option, because of which its statement cannot be read in
 * parts, or another key, which concerns its columns and constraints. Undefined if there is none.
 */
function wholeFinding({ live }: AdoptedTable): { part: Part; covers: (found: Drift) => boolean } | undefined {
  if (!live) return undefined;
  if (live.sql !== null) return { part: optionFinding(live), covers: () => true };
  const part = keyFinding(live);
  const key = new Set(['id', ...keyOf(live)]);
  const isKey = (constraint: string) => /\bPRIMARY\s+KEY\b/i.test(constraint);
  const covers = ({ kind, name }: Drift) =>
    kind === 'column' ? key.has(name) : kind === 'table' && (live.constraints ?? []).every(isKey);
  return part && { part, covers };
}

/** Types of a STRICT table whose values a field stores. */
const STORED_TYPES: ReadonlySet<string> = new Set(['INT', 'INTEGER', 'REAL', 'TEXT']);

/** A column that no field describes. New records have no value for it. */
function unmanagedColumn(live: Table | undefined, name: string): Part | undefined {
  const column = live && columnNamed(live, name);
  if (!live || !column?.notNull || column.defaultValue !== null || column.generated) return undefined;
  const canHaveField = !live.strict || STORED_TYPES.has(column.type);
  return {
    code: 'required_column',
    severity: 'error',
    name,
    message: `The column requires a value, and no field describes it: ${columnSql(column)}.`,
    next: `${canHaveField ? 'Add a field that stores the values of the column to the object, recreate' : 'Recreate'} the table with a DEFAULT of the column, ${otherWays(live.name, 'table')}`,
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
export function structureFindings(
  { tables, drift }: AdoptedSchema,
  current: Pick<CurrentSchema, 'tables'>,
): BaselineFinding[] {
  const byName = new Map(tables.map((table) => [table.canonical.name, table]));
  const misnamed = tables.filter(({ live, canonical }) => live && live.name !== canonical.name);
  const isMisnamed = (name: string) =>
    misnamed.some(({ live, canonical }) => name === live?.name || name === canonical.name);
  const names = { tables: current.tables.map(({ name }) => name), objects: new Set(byName.keys()) };
  const whole = new Map(
    tables.flatMap((table) => {
      const found = isMisnamed(table.canonical.name) ? undefined : wholeFinding(table);
      return found ? [[table.canonical.name, found] as const] : [];
    }),
  );
  return [
    ...[...whole].map(([object, { part }]) => ({ object, ...part })),
    ...tables.flatMap((table) =>
      keptFindings(table).map((part) => ({ object: table.canonical.name, ...part })),
    ),
    ...misnamed.map(
      ({ live, canonical: { name } }): BaselineFinding => ({
        code: 'table_name',
        severity: 'error',
        object: name,
        message: `The table has the name ${live?.name}.`,
        next: 'Rename the table',
        fix: [renameTableSql(live?.name ?? '', `${name}_renamed`), renameTableSql(`${name}_renamed`, name)],
      }),
    ),
    ...drift.flatMap((found): BaselineFinding[] => {
      const table = byName.get(found.table);
      if (isMisnamed(found.table) || whole.get(found.table)?.covers(found)) return [];
      if (found.code === 'DR701' || !table) return [unmanaged(table, found)];
      return changedFinding(table, found, names).map((part) => ({ object: found.table, ...part }));
    }),
  ];
}
