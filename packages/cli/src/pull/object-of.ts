import type { Field, Index, ObjectDefinition } from '@objectstack/spec/data';
import type { Table, TableColumn, TableIndex } from '@objectstack/spec/system';
import { type Check, checksOf } from './checks-of.js';
import { defaultOf } from './default-of.js';
import { fieldTypeOf } from './field-type-of.js';
import { hasIntegerId } from './has-integer-id.js';
import type { PulledDatabase } from './introspect-database.js';
import { lookupOf } from './lookup-of.js';
import { machineNames } from './machine-names.js';
import { reportSystemColumns, SYSTEM_COLUMN_NAMES } from './report-system-columns.js';
import { TableFindings } from './table-findings.js';

/** What the object of a table depends on besides the table. */
export interface PullContext {
  readonly database: PulledDatabase;
  /** Names of the objects, by the names of the tables. */
  readonly objectNames: ReadonlyMap<string, string>;
  /** Names in lower case of the tables with integer ids. */
  readonly integerIds: ReadonlySet<string>;
}

interface Parts {
  readonly table: Table;
  readonly context: PullContext;
  readonly findings: TableFindings;
  readonly checks: readonly Check[];
  /** Columns of the unique constraints and unique indexes that a definition can express. */
  readonly uniques: readonly (readonly string[])[];
  /** Columns with a unique index for which upper and lower case are the same. */
  readonly folded: ReadonlySet<string>;
}

const FORMATS: Partial<Record<Field['type'], string>> = {
  date: 'YYYY-MM-DD',
  datetime: 'YYYY-MM-DDTHH:MM:SS.sssZ',
  time: 'HH:MM:SS',
};

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function checkedBy(column: TableColumn, type: string, { checks }: Parts): Partial<Field> {
  const about = checks.filter((check) => check.kind !== 'other' && isSame(check.column, column.name));
  const ranges = about.flatMap((check) => (check.kind === 'range' ? [check] : []));
  const [lowest, highest] = [ranges.flatMap(({ min }) => min ?? []), ranges.flatMap(({ max }) => max ?? [])];
  const isOfType = (name: 'boolean' | 'json') =>
    about.some((check) => check.kind === 'type' && check.type === name);
  // STRICT tables have no other type for booleans.
  if (column.type.includes('INT') && isOfType('boolean')) return { type: 'boolean' };
  if (type === 'number')
    return {
      ...(lowest.length > 0 && { min: Math.max(...lowest) }),
      ...(highest.length > 0 && { max: Math.min(...highest) }),
    };
  const options = about.find(({ kind }) => kind === 'options');
  const length = about.find(({ kind }) => kind === 'maxLength');
  if (type !== 'text') return {};
  if (isOfType('json')) return { type: 'json' };
  return {
    ...(length?.kind === 'maxLength' && { maxLength: length.length }),
    ...(options?.kind === 'options' && {
      type: 'select',
      options: options.values.map((value) => ({ label: value, value })),
    }),
  };
}

/** JSON values have no length. */
const withoutLength = ({ maxLength, ...field }: Field): Field =>
  field.type === 'json' || maxLength === undefined ? field : { ...field, maxLength };

/** The field of a column; undefined, with a finding, if no field can store its values. */
function fieldOf(column: TableColumn, parts: Parts): Field | undefined {
  const { findings, table, context, uniques, folded } = parts;
  const { name, notNull, defaultValue } = column;
  if (column.generated) {
    findings.add('generated_column', 'Generated columns are not supported; the column was left out.', name);
    return undefined;
  }
  const type = fieldTypeOf(column.type);
  // A column of type ANY stores every value unchanged in a STRICT table only.
  if (!type || (column.type === 'ANY' && hasOption(table, 'strict'))) {
    const shown = column.type === '' ? 'no type' : `the type ${column.type}`;
    const requiresValue = notNull && defaultValue === null;
    findings.add(
      'type',
      `No field stores the values of a column with ${shown}; it was left out.`,
      name,
      requiresValue,
    );
    return undefined;
  }
  const lookup = lookupOf(column, table, context, findings);
  const basis = lookup ?? withoutLength({ ...type, ...checkedBy(column, type.type, parts) });
  const format = FORMATS[basis.type];
  if (format) findings.add('value_format', `Values of a ${basis.type} are stored as ${format}.`, name);
  const isRequired = notNull || column.primaryKey > 0;
  const value = defaultValue === null ? undefined : defaultOf(defaultValue, basis.type);
  if (defaultValue !== null && !value)
    findings.add('default', `The default ${defaultValue} cannot be expressed.`, name);
  const isUnique = uniques.some(([only, ...others]) => only === name && others.length === 0);
  const ignoresCase = !isUnique && basis.type === 'text' && folded.has(name);
  if (/\bcollate\b/i.test(column.definition ?? ''))
    findings.add('collation', 'The collation of the column was left out.', name);
  if (/\bon conflict\b/i.test(column.definition ?? ''))
    findings.add('conflict_clause', 'The ON CONFLICT clause of the column was left out.', name);
  return {
    ...basis,
    ...(isRequired && { required: true }),
    ...(notNull && { storage: { notNull: true } }),
    ...((isUnique || ignoresCase) && { unique: true }),
    ...(ignoresCase && { caseSensitive: false }),
    ...(value && value.value !== null && { defaultValue: value.value }),
  };
}

/** Whether the CREATE TABLE statement has an option, which is after its last parenthesis. */
const hasOption = ({ sql }: Table, word: 'strict' | 'rowid'): boolean =>
  new RegExp(`\\b${word}\\b`, 'i').test(sql?.split(')').at(-1) ?? '');

/** Whether the index is on columns, for all rows. */
const isOnColumns = ({ where, sql }: TableIndex): boolean => where === null && sql === null;
const isBinary = ({ columns }: TableIndex): boolean =>
  columns.every(({ collation }) => collation === 'BINARY');
const isFolded = (index: TableIndex): boolean =>
  index.unique &&
  isOnColumns(index) &&
  index.columns.length === 1 &&
  index.columns[0]?.collation === 'NOCASE';
const isAscending = ({ columns }: TableIndex): boolean => columns.every(({ descending }) => !descending);

/** The indexes besides those that unique fields have. `fields` are the names by column, and `folded` those that ignore case. */
function indexesOf(
  { table, findings, uniques }: Parts,
  fields: ReadonlyMap<string, string>,
  folded: ReadonlySet<string>,
): Index[] {
  const toNames = (columns: readonly string[]) => columns.flatMap((column) => fields.get(column) ?? []);
  const unique = uniques
    .filter((columns) => columns.length > 1 && toNames(columns).length === columns.length)
    .map((columns) => ({ fields: toNames(columns), unique: true }));
  const others = table.indexes.flatMap((index) => {
    const columns = index.columns.flatMap(({ name }) => name ?? []);
    if (isFolded(index) && toNames(columns).some((name) => folded.has(name))) return [];
    if (!isOnColumns(index) || toNames(columns).length < index.columns.length) {
      findings.add(
        'index',
        `The index ${index.name} was left out: it is partial, or on an expression or system column.`,
      );
      return [];
    }
    if (!isBinary(index) || !(index.unique || isAscending(index))) {
      findings.add(
        'index',
        `The index ${index.name} was left out: it has a collation or a descending order.`,
      );
      return [];
    }
    return index.unique ? [] : [{ fields: toNames(columns) }];
  });
  return [...unique, ...others];
}

/** Whether the type of the field is one for which the condition always holds. */
const isOfType = ({ table }: Parts, { column, type }: Extract<Check, { kind: 'type' }>): boolean => {
  const declared = table.columns.find(({ name }) => isSame(name, column))?.type ?? '';
  const found = fieldTypeOf(declared)?.type;
  return (
    found === type ||
    (found === 'text' && type === 'json') ||
    (declared.includes('INT') && type === 'boolean')
  );
};

function reportRest(parts: Parts): void {
  const { table, findings, checks } = parts;
  for (const check of checks)
    if (check.kind === 'other' || (check.kind === 'type' && !isOfType(parts, check)))
      findings.add('check', `The condition ${check.sql} cannot be expressed.`);
  for (const { name } of table.triggers) findings.add('trigger', `The trigger ${name} was left out.`);
  for (const { columns } of table.foreignKeys)
    if (columns.length > 1)
      findings.add('foreign_key', `The foreign key on ${columns.join(', ')} has several columns.`);
  if (hasOption(table, 'rowid')) findings.add('table_option', 'The option WITHOUT ROWID was left out.');
  if (hasOption(table, 'strict') && table.columns.some(({ type }) => type === 'ANY'))
    findings.add('table_option', 'The option STRICT was left out: the table has a column of type ANY.');
}

/** The object of a table, and what the object cannot express. */
export function objectOf(
  table: Table,
  context: PullContext,
): { readonly definition: ObjectDefinition; readonly findings: TableFindings['all'] } {
  const findings = new TableFindings(table.name);
  const sql = table.sql ?? table.columns.map(({ definition }) => definition ?? '').join('\n');
  const ofIndexes = table.indexes
    .filter((index) => index.unique && isOnColumns(index) && isBinary(index))
    .map(({ columns }) => columns.flatMap(({ name }) => name ?? []));
  const keys = table.columns.filter(({ primaryKey }) => primaryKey > 0).map(({ name }) => name);
  const ofKey = keys.length === 0 || (keys.length === 1 && keys[0] === 'id') ? [] : [keys];
  const ofConstraints = context.database.uniques.get(table.name) ?? [];
  const uniques = [...ofKey, ...ofConstraints, ...ofIndexes];
  const folded = new Set(
    table.indexes.filter(isFolded).flatMap(({ columns }) => columns.flatMap(({ name: one }) => one ?? [])),
  );
  const parts: Parts = { table, context, findings, checks: checksOf(sql), uniques, folded };
  const hasIntegers = hasIntegerId(table, context.database);
  reportSystemColumns(table, hasIntegers, findings);
  const order = context.database.columns.get(table.name) ?? [];
  const names = order.filter((name) => !SYSTEM_COLUMN_NAMES.includes(name));
  const fieldNames = machineNames(names);
  const fields: [string, Field][] = [];
  for (const name of names) {
    const column = table.columns.find((one) => one.name === name);
    const field = column && fieldOf(column, parts);
    const fieldName = fieldNames.get(name) ?? name;
    if (!field) continue;
    if (fieldName !== name) findings.add('name', `The field is called ${fieldName}.`, name);
    fields.push([fieldName, field]);
  }
  const stored = new Map([...fieldNames].filter(([, name]) => fields.some(([field]) => field === name)));
  const ignoring = fields.flatMap(([name, { caseSensitive }]) => (caseSensitive === false ? [name] : []));
  const indexes = indexesOf(parts, stored, new Set(ignoring));
  reportRest(parts);
  const name = context.objectNames.get(table.name) ?? table.name;
  if (name !== table.name) findings.add('name', `The object is called ${name}.`);
  const definition = {
    name,
    ...(hasIntegers && { idType: 'integer' as const }),
    fields: Object.fromEntries(fields),
    ...(indexes.length > 0 && { indexes }),
  };
  return { definition, findings: findings.all };
}
