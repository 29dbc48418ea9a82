import {
  type EncodingFacts,
  encodingFacts,
  type Field,
  isList,
  type ObjectDefinition,
  referenceTarget,
  SYSTEM_FIELDS,
  storageOf,
  type ValueEncoding,
} from '@objectstack/spec/data';
import type { Table, TableColumn, TableForeignKey } from '@objectstack/spec/system';
import { columnNamed } from '../../../schema/column-named.js';
import type { ObjectIdTypes } from '../../../schema/id-types-of.js';
import { foldCase, type Token, tokenize, unquoted } from '../../../sql/tokenize.js';
import { type Affinity, affinityOf } from './affinity-of.js';
import { isImpliedCheck } from './is-implied-check.js';

/*
 * Declarations of an adopted table that differ from those of deployments without an effect on reads and writes of its
 * object: an affinity that stores the values of the field unchanged, and constraints that the rules of the object imply.
 */

const ANY = ['TEXT', 'NUMERIC', 'INTEGER', 'REAL', 'BLOB'] as const;

/** Type of the column that deployments create for an encoding. */
type Column = NonNullable<EncodingFacts['column']>;

/** Affinities that store every value of an encoding unchanged, by the column of deployments. */
const AFFINITIES: Readonly<Record<Column, readonly Affinity[]>> = {
  TEXT: ['TEXT', 'BLOB'],
  REAL: ['REAL', 'INTEGER', 'NUMERIC', 'BLOB'],
  INTEGER: ['INTEGER', 'NUMERIC', 'BLOB'],
};

/**
 * Encodings that other affinities store unchanged too, or fewer. A date or timestamp is no number in any of them. A JSON text
 * that is a number becomes a number, which is read as the same JSON value; SQLite may round a fraction of 17 digits in its
 * last bit.
 */
const OTHER_AFFINITIES: Partial<Record<ValueEncoding, readonly Affinity[]>> = {
  date: ANY,
  datetime: ANY,
  time: ANY,
  json: ANY,
  // Columns that contain integers, and compare them with a text as integers. A column of texts would compare them as texts.
  integer_id: ['INTEGER', 'NUMERIC'],
};

/** The encoding of a field in an adopted table: of a single reference, that of the ids of its object. */
export function adoptedEncodingOf(
  field: Field,
  { definition, known }: Pick<AdoptedObject, 'definition' | 'known'>,
): ValueEncoding {
  const target = isList(field) ? undefined : referenceTarget(field, definition.name);
  return target !== undefined && known.get(target) === 'integer' ? 'integer_id' : storageOf(field).encoding;
}

/** Types that store the values of an encoding in a STRICT table, by the column of deployments. */
const STRICT_TYPES: Readonly<Record<Column, readonly string[]>> = {
  TEXT: ['TEXT'],
  REAL: ['REAL', 'INT', 'INTEGER'],
  INTEGER: ['INT', 'INTEGER'],
};

/**
 * Whether a column of the type stores the values of the field, and compares them, like the column of a deployment. A column of
 * integers in a STRICT table does not store fractions, which it rejects.
 */
export function keepsValues(
  { type, strict }: Pick<TableColumn, 'type'> & { readonly strict: Table['strict'] | undefined },
  field: Field,
  object: Pick<AdoptedObject, 'definition' | 'known'>,
): boolean {
  const encoding = adoptedEncodingOf(field, object);
  const { column } = encodingFacts(isList(field) ? 'json' : encoding);
  if (encoding === 'computed' || column === null) return false;
  if (strict) return STRICT_TYPES[column].includes(type);
  const affinities = OTHER_AFFINITIES[encoding] ?? AFFINITIES[column];
  return isList(field) || affinities.includes(affinityOf(type));
}

/**
 * Whether the id is the row id, which SQLite assigns. Only a column of exactly this type is one, and none whose own definition
 * says DESC: that gets an index, and NULL as the id of a new row.
 */
const isRowId = ({ type }: TableColumn, { words }: Clauses) => type === 'INTEGER' && !words.has('desc');

/** Whether a new record always gets a value of its own, so that the DEFAULT of its column is never used. */
const isAlwaysWritten = ({ defaultValue: value, type }: Field) =>
  type === 'autonumber' ||
  (['string', 'number', 'boolean'].includes(typeof value) && !/current_?user/i.test(String(value)));

interface Clauses {
  /** Words outside of parentheses and quotation marks. */
  readonly words: ReadonlySet<string>;
  readonly checks: readonly string[];
  /** Quoted or unquoted names in parentheses, except those of CHECK conditions. */
  readonly names: readonly string[];
  readonly collations: readonly string[];
}

const textOf = (tokens: readonly Token[]) => tokens.map(({ text }) => text).join(' ');

/** The clauses of a column definition or of a table constraint. */
function clausesOf(definition: string): Clauses {
  const words = new Set<string>();
  const [checks, names, collations]: [string[], string[], string[]] = [[], [], []];
  const tokens = tokenize(definition);
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.word === 'collate') collations.push(unquoted(tokens[at + 1] ?? token).toLowerCase());
    if (token.text !== '(') {
      words.add(token.word);
      continue;
    }
    const start = at + 1;
    for (let depth = 1; depth > 0 && at < tokens.length - 1; ) {
      const { text } = tokens[++at] as Token;
      depth += text === '(' ? 1 : text === ')' ? -1 : 0;
    }
    const inside = tokens.slice(start, at);
    if (tokens[start - 2]?.word === 'check') checks.push(textOf(inside));
    else {
      names.push(
        ...inside.flatMap((one) => (one.kind === 'word' || one.kind === 'quoted' ? unquoted(one) : [])),
      );
      if (inside.some(({ word }) => word === 'collate')) collations.push('in parentheses');
    }
  }
  return { words, checks, names, collations };
}

/** Clauses with an effect that no rule of an object has. */
const REFUSED = ['generated', 'as', 'conflict', 'match'];

function isHarmless({ words, checks, collations }: Clauses, definition: ObjectDefinition): boolean {
  return (
    !REFUSED.some((word) => words.has(word)) &&
    collations.every((name) => name === 'binary') &&
    checks.every((check) => isImpliedCheck(check, definition))
  );
}

/** The object of a table, and its table as deployments would create it. */
export interface AdoptedObject {
  readonly definition: ObjectDefinition;
  readonly canonical: Table;
  /** The objects to which its lookups can refer. */
  readonly known: ObjectIdTypes;
}

/** Whether a unique index of the object covers exactly these columns. */
const isUniqueIn = ({ indexes }: Table, columns: readonly string[]): boolean =>
  indexes.some(
    ({ unique, where, columns: indexed }) =>
      unique &&
      where === null &&
      indexed.length === columns.length &&
      indexed.every(({ name, collation }) => collation === 'BINARY' && columns.includes(name ?? '')),
  );

/** The name of a column as the table has it, because constraints may spell it in another case. */
const spelledIn = (table: Table, name: string): string =>
  table.columns.find((column) => foldCase(column.name) === foldCase(name))?.name ?? name;

const DELETE_RULES: Readonly<Record<TableForeignKey['onDelete'], string>> = {
  CASCADE: 'cascade',
  'NO ACTION': 'restrict',
  RESTRICT: 'restrict',
  'SET DEFAULT': 'set default',
  'SET NULL': 'set null',
};

/** Whether two foreign keys accept the same rows. Ids never change, so it is irrelevant what a change of one does. */
function isEquivalentKey(found: TableForeignKey, expected: TableForeignKey): boolean {
  return (
    foldCase(found.table) === foldCase(expected.table) &&
    found.columns.length === 1 &&
    found.references.every((name) => foldCase(name) === 'id') &&
    DELETE_RULES[found.onDelete] === DELETE_RULES[expected.onDelete]
  );
}

const keysOn = ({ foreignKeys }: Table, column: string) =>
  foreignKeys.filter(({ columns }) => columns.includes(column));

function hasSameKey(table: Table, canonical: Table, column: string): boolean {
  const [found, expected] = [keysOn(table, column), keysOn(canonical, column)];
  if (found.length !== expected.length) return false;
  return found.every((key) => expected.every((other) => isEquivalentKey(key, other)));
}

/** Whether the column stores the values of its field like the column of a deployment. */
export function acceptsColumn(table: Table, column: TableColumn, object: AdoptedObject): boolean {
  const { definition, canonical } = object;
  const { name } = column;
  const expected = columnNamed(canonical, name);
  const isSystemColumn = Object.hasOwn(SYSTEM_FIELDS, name);
  const field: Field | undefined = isSystemColumn
    ? SYSTEM_FIELDS[name as keyof typeof SYSTEM_FIELDS]
    : definition.fields[name];
  if (!expected || !field || column.generated || column.primaryKey !== expected.primaryKey) return false;
  const hasDefault = column.defaultValue !== null && !/^\(?null\)?$/i.test(column.defaultValue);
  const clauses = clausesOf(column.definition ?? '');
  return (
    (name === 'id' && definition.idType === 'integer'
      ? isRowId(column, clauses)
      : keepsValues({ type: column.type, strict: table.strict }, field, object)) &&
    (isSystemColumn || (column.notNull === expected.notNull && (!hasDefault || isAlwaysWritten(field)))) &&
    isHarmless(clauses, definition) &&
    (!clauses.words.has('unique') || isUniqueIn(canonical, [name]) || name === 'id') &&
    hasSameKey(table, canonical, name)
  );
}

/** Whether the object implies a table constraint. */
export function acceptsConstraint(constraint: string, { definition, canonical }: AdoptedObject): boolean {
  const clauses = clausesOf(constraint);
  const { words, names } = clauses;
  if (!isHarmless(clauses, definition)) return false;
  if (words.has('primary'))
    return (
      names
        .map(foldCase)
        .join()
        .replace(/,autoincrement$/, '') === 'id'
    );
  const columns = names.map((name) => spelledIn(canonical, name));
  if (words.has('unique')) return isUniqueIn(canonical, columns) || columns.join() === 'id';
  if (!words.has('foreign')) return words.has('check');
  const [column = ''] = columns;
  return canonical.foreignKeys.some((key) => key.columns.length === 1 && key.columns[0] === column);
}

/** Whether an object accepts all declarations of an adopted form. */
export function acceptsForm(form: Table, object: AdoptedObject): boolean {
  return (
    form.columns.every((column) => acceptsColumn(form, column, object)) &&
    (form.constraints ?? []).every((constraint) => acceptsConstraint(constraint, object))
  );
}
