import type { Field, Index, ObjectDefinition } from '@objectstack/spec/data';
import type { Table, TableColumn } from '@objectstack/spec/system';
import { type Check, checksOf } from './checks-of.js';
import { defaultOf } from './default-of.js';
import { fieldTypeOf } from './field-type-of.js';
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
}

interface Parts {
  readonly table: Table;
  readonly context: PullContext;
  readonly findings: TableFindings;
  readonly checks: readonly Check[];
  /** Columns of the unique constraints and unique indexes that a definition can express. */
  readonly uniques: readonly (readonly string[])[];
}

const FORMATS: Partial<Record<Field['type'], string>> = {
  date: 'YYYY-MM-DD',
  datetime: 'YYYY-MM-DDTHH:MM:SS.sssZ',
  time: 'HH:MM:SS',
};

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function checkedBy(column: TableColumn, type: string, { checks }: Parts): Partial<Field> {
  const about = checks.filter((check) => check.kind !== 'other' && isSame(check.column, column.name));
  const options = about.find(({ kind }) => kind === 'options');
  const length = about.find(({ kind }) => kind === 'maxLength');
  if (type !== 'text') return {};
  return {
    ...(length?.kind === 'maxLength' && { maxLength: length.length }),
    ...(options?.kind === 'options' && {
      type: 'select',
      options: options.values.map((value) => ({ label: value, value })),
    }),
  };
}

/** The field of a column; undefined, with a finding, if no field can store its values. */
function fieldOf(column: TableColumn, parts: Parts): Field | undefined {
  const { findings, table, context, uniques } = parts;
  const { name, notNull, defaultValue } = column;
  if (column.generated) {
    findings.add('generated_column', 'Generated columns are not supported; the column was left out.', name);
    return undefined;
  }
  const type = fieldTypeOf(column.type);
  if (!type) {
    const shown = column.type === '' ? 'no type' : `the type ${column.type}`;
    findings.add('type', `No field stores the values of a column with ${shown}; it was left out.`, name);
    return undefined;
  }
  const lookup = lookupOf(column, table, context.objectNames, findings);
  const basis = lookup ?? { ...type, ...checkedBy(column, type.type, parts) };
  const format = FORMATS[basis.type];
  if (format) findings.add('value_format', `Values of a ${basis.type} are stored as ${format}.`, name);
  const isRequired = notNull || column.primaryKey > 0;
  const value = defaultValue === null ? undefined : defaultOf(defaultValue, basis.type);
  if (defaultValue !== null && !value)
    findings.add('default', `The default ${defaultValue} cannot be expressed.`, name);
  const isUnique = uniques.some(([only, ...others]) => only === name && others.length === 0);
  if (/\bcollate\b/i.test(column.definition ?? ''))
    findings.add('collation', 'The collation of the column was left out.', name);
  return {
    ...basis,
    ...(isRequired && { required: true }),
    ...(notNull && { storage: { notNull: true } }),
    ...(isUnique && { unique: true }),
    ...(value && value.value !== null && { defaultValue: value.value }),
  };
}

function indexesOf({ table, findings, uniques }: Parts, fields: ReadonlyMap<string, string>): Index[] {
  const toNames = (columns: readonly string[]) => columns.flatMap((column) => fields.get(column) ?? []);
  const unique = uniques
    .filter((columns) => columns.length > 1 && toNames(columns).length === columns.length)
    .map((columns) => ({ fields: toNames(columns), unique: true }));
  const others = table.indexes.flatMap((index) => {
    const columns = index.columns.flatMap(({ name }) => name ?? []);
    if (index.sql !== null || index.where !== null || toNames(columns).length < index.columns.length) {
      findings.add(
        'index',
        `The index ${index.name} was left out: it is partial, or on an expression or system column.`,
      );
      return [];
    }
    return index.unique ? [] : [{ fields: toNames(columns) }];
  });
  return [...unique, ...others];
}

function reportRest({ table, findings, checks }: Parts): void {
  for (const check of checks)
    if (check.kind === 'other') findings.add('check', `The condition ${check.sql} cannot be expressed.`);
  for (const { name } of table.triggers) findings.add('trigger', `The trigger ${name} was left out.`);
  for (const { columns } of table.foreignKeys)
    if (columns.length > 1)
      findings.add('foreign_key', `The foreign key on ${columns.join(', ')} has several columns.`);
  const afterColumns = table.sql?.split(')').at(-1) ?? '';
  if (/\b(?:strict|rowid)\b/i.test(afterColumns))
    findings.add('table_option', 'The options STRICT and WITHOUT ROWID were left out.');
}

/** The object of a table, and what the object cannot express. */
export function objectOf(
  table: Table,
  context: PullContext,
): { readonly definition: ObjectDefinition; readonly findings: TableFindings['all'] } {
  const findings = new TableFindings(table.name);
  const sql = table.sql ?? table.columns.map(({ definition }) => definition ?? '').join('\n');
  const ofIndexes = table.indexes
    .filter(({ unique, where, sql: text }) => unique && where === null && text === null)
    .map(({ columns }) => columns.flatMap(({ name }) => name ?? []));
  const keys = table.columns.filter(({ primaryKey }) => primaryKey > 0).map(({ name }) => name);
  const ofKey = keys.length === 0 || (keys.length === 1 && keys[0] === 'id') ? [] : [keys];
  const ofConstraints = context.database.uniques.get(table.name) ?? [];
  const uniques = [...ofKey, ...ofConstraints, ...ofIndexes];
  const parts: Parts = { table, context, findings, checks: checksOf(sql), uniques };
  reportSystemColumns(table, findings);
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
  const indexes = indexesOf(parts, stored);
  reportRest(parts);
  const name = context.objectNames.get(table.name) ?? table.name;
  if (name !== table.name) findings.add('name', `The object is called ${name}.`);
  const definition = { name, fields: Object.fromEntries(fields), ...(indexes.length > 0 && { indexes }) };
  return { definition, findings: findings.all };
}
