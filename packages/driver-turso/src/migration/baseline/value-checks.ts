import { encodingFacts, type Field, isList, SYSTEM_FIELDS, type ValueEncoding } from '@objectstack/spec/data';
import type { BaselineFinding, TableIndex } from '@objectstack/spec/system';
import { quote } from '../../schema/quote.js';
import { storedFields } from '../../schema/stored-fields.js';
import { adoptedEncodingOf } from '../diff/adopted/accepts-form.js';
import type { Conversion } from '../diff/conversions/conversion.js';
import { scalarConversion } from '../diff/conversions/scalar-encodings.js';
import { stricterRules } from '../diff/stricter-rules.js';
import { countWhere } from '../plan/preflight/count-where.js';
import { duplicateRows } from '../plan/preflight/duplicate-checks.js';
import type { AdoptedTable } from './adopted-schema.js';
import { undecodableText } from './undecodable-text.js';

/** A query that counts rows, and the finding if there are any. */
export interface ValueCheck {
  readonly sql: string;
  readonly finding: Omit<BaselineFinding, 'rows' | 'samples'>;
}

/** The condition that a value is not a text that the conversion from text leaves unchanged. */
function isOtherText({ value, fits, isNullUnlessFits }: Conversion, column: string): string {
  const doesNotFit = fits && !isNullUnlessFits ? ` OR NOT (${fits(column)})` : '';
  return `typeof(${column}) <> 'text'${doesNotFit} OR (${value(column)}) IS NOT ${column}`;
}

const isNoText = (column: string) => `typeof(${column}) <> 'text' OR ${undecodableText(column)}`;
/** Integers up to this one are exact as numbers. */
const MOST_EXACT = '9007199254740991';
const LARGEST = '1.7976931348623157e308';
const isNoNumber = (column: string) =>
  `CASE typeof(${column}) WHEN 'integer' THEN ${column} NOT BETWEEN -${MOST_EXACT} AND ${MOST_EXACT} WHEN 'real' THEN abs(${column}) > ${LARGEST} ELSE 1 END`;

type StoredEncoding = Exclude<ValueEncoding, 'computed'>;

/** SQL conditions that a value, which is not null, is not one that a write of the encoding stores. */
const UNSTORABLE = {
  text: isNoText,
  integer_id: (column) => `typeof(${column}) <> 'integer'`,
  number: isNoNumber,
  boolean: (column) => `typeof(${column}) <> 'integer' OR ${column} NOT IN (0, 1)`,
  // A column of a numeric affinity stores the JSON text of a number as the number.
  json: (column) =>
    `CASE WHEN typeof(${column}) IN ('integer', 'real') THEN ${isNoNumber(column)} ELSE ${isNoText(column)} OR NOT json_valid(${column}) END`,
} satisfies Partial<Record<StoredEncoding, (column: string) => string>>;

const isListed = (encoding: StoredEncoding): encoding is keyof typeof UNSTORABLE =>
  Object.hasOwn(UNSTORABLE, encoding);

/** The values of an encoding that is not listed are texts in one format. */
function unstorableIn(encoding: StoredEncoding, column: string): string {
  if (isListed(encoding)) return UNSTORABLE[encoding](column);
  return isOtherText(scalarConversion('text', encoding), column);
}

const FORMATS: Partial<Record<ValueEncoding, string>> = {
  boolean: '0 or 1',
  date: 'YYYY-MM-DD',
  datetime: 'YYYY-MM-DDTHH:MM:SS.sssZ',
  integer_id: 'integers of 64 bits',
  json: 'JSON text in UTF-8',
  number: 'numbers',
  text: 'texts in UTF-8 without NUL',
  time: 'HH:MM:SS',
};

/** A column, and the encoding of its values. */
interface CheckedColumn {
  readonly name: string;
  readonly field: Field;
  readonly encoding: ValueEncoding;
}

const columnOf = (table: AdoptedTable, name: string, field: Field): CheckedColumn => ({
  name,
  field,
  encoding: adoptedEncodingOf(field, table),
});

function unstorable({ name, field, encoding }: CheckedColumn): string {
  const column = quote(name);
  if (encoding === 'computed') return '0';
  const other = unstorableIn(encoding, column);
  const condition = isList(field)
    ? `CASE WHEN ${other} THEN 1 ELSE json_type(${column}) <> 'array' END`
    : other;
  // A record without an id or a timestamp cannot be read.
  const isMissing = Object.hasOwn(SYSTEM_FIELDS, name) ? `${column} IS NULL OR` : `${column} IS NOT NULL AND`;
  return `${isMissing} (${condition})`;
}

const INSTANT_FORMAT = '%Y-%m-%dT%H:%M:%fZ';

const A_DAY = '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]';
/** Numbers up to this one may also be days, such as the Julian days of SQLite, or dates such as 20240501. */
const LARGEST_DAY = '99991231';

/**
 * A statement that corrects timestamps in other notations, in UTC: texts that begin with a day of the calendar, and seconds or
 * milliseconds since 1970. SQLite would read any other value as well, but as another time than the one that was meant.
 */
function correction(object: string, name: string): string {
  const [table, column] = [quote(object), quote(name)];
  const day = `substr(${column}, 1, 10)`;
  const isDay = `${column} GLOB '${A_DAY}*' AND date(${day}) IS ${day}`;
  const text = `CASE WHEN ${isDay} AND substr(${column}, 12, 2) < '24' THEN strftime('${INSTANT_FORMAT}', ${column}) END`;
  const seconds = `CASE WHEN abs(${column}) > 1e11 THEN ${column} / 1000.0 ELSE ${column} END`;
  const number = `CASE WHEN ${column} = 0 OR abs(${column}) > ${LARGEST_DAY} THEN strftime('${INSTANT_FORMAT}', ${seconds}, 'unixepoch') END`;
  const instant = `CASE typeof(${column}) WHEN 'text' THEN ${text} WHEN 'blob' THEN NULL ELSE ${number} END`;
  return `UPDATE ${table} SET ${column} = ${instant} WHERE ${instant} IS NOT NULL`;
}

function valueCheck(object: string, column: CheckedColumn): ValueCheck {
  const { name, field, encoding } = column;
  const format = FORMATS[encoding] ?? encodingFacts(encoding).expected;
  const values = isList(field) ? 'JSON arrays' : format;
  const isInstant = encoding === 'datetime' && !isList(field);
  return {
    sql: countWhere(quote(object), unstorable(column)),
    finding: {
      code: 'invalid_value',
      severity: 'error',
      object,
      name,
      message: `Rows contain values that a ${field.type} field does not store. It stores ${values}.`,
      next: `Correct the rows, or import the records into a new tenant: objectstack data import ${object} <file>`,
      ...(isInstant && { fix: [correction(object, name)] }),
    },
  };
}

/** Checks of ids. They come first, because the samples of the others are ids. */
export function idChecks(table: AdoptedTable): ValueCheck[] {
  const { name: object, idType } = table.definition;
  // SQLite stores nothing but integers in a row id.
  if (idType === 'integer') return [];
  const column = columnOf(table, 'id', SYSTEM_FIELDS.id);
  const wrong = unstorable(column);
  const sql = `SELECT count(*) AS "rows", '[]' AS samples FROM ${quote(object)} WHERE ${wrong}`;
  return [{ ...valueCheck(object, column), sql }];
}

const systemChecks = (table: AdoptedTable): ValueCheck[] =>
  Object.entries(SYSTEM_FIELDS).flatMap(([name, field]) =>
    name === 'id' || table.added.includes(name)
      ? []
      : [valueCheck(table.definition.name, columnOf(table, name, field))],
  );

const NEXT_DUPLICATES = 'Correct the rows, or declare the field without unique';

function duplicateCheck(object: string, index: TableIndex): ValueCheck {
  const names = index.columns.map(({ name }) => name ?? '').join(', ');
  return {
    sql: duplicateRows(quote(object), index),
    finding: {
      code: 'duplicate_values',
      severity: 'error',
      object,
      name: names,
      message: `Rows share values of ${names}, which must be unique.`,
      next: NEXT_DUPLICATES,
    },
  };
}

/** Checks of the values that only a field of another type could store. They need the columns of the object. */
export function valueChecks(table: AdoptedTable): ValueCheck[] {
  const { definition, missing } = table;
  const object = definition.name;
  return [
    ...systemChecks(table),
    ...storedFields(definition).map(([name, field]) => valueCheck(object, columnOf(table, name, field))),
    ...missing.flatMap((index) => (index.unique ? [duplicateCheck(object, index)] : [])),
  ];
}

/** Checks of rules that new values must satisfy. They need values that the fields can store. */
export function ruleChecksOf({ definition, canonical }: AdoptedTable): ValueCheck[] {
  const object = definition.name;
  const rules = storedFields(definition).flatMap(([name, field]) =>
    stricterRules(
      { type: field.type, ...(field.multiple !== undefined && { multiple: field.multiple }) },
      field,
    ).flatMap(({ breaks, what, kind }): ValueCheck[] => {
      if (!breaks) return [];
      const problem = kind === 'not_offered' ? 'is not offered' : what;
      const message = `Rows have a value that ${problem}. Updating these records requires another value.`;
      return [
        {
          sql: countWhere(quote(object), breaks(quote(name))),
          finding: { code: 'rule_violation', severity: 'warning', object, name, message },
        },
      ];
    }),
  );
  if (canonical.foreignKeys.length === 0) return rules;
  const broken = `SELECT "parent", count(*) FROM temp.pragma_foreign_key_check WHERE "table" = '${object}'`;
  return [
    ...rules,
    {
      sql: `SELECT count(*) AS "rows", '[]' AS samples FROM (${broken} GROUP BY "rowid")`,
      finding: {
        code: 'missing_reference',
        severity: 'warning',
        object,
        message: 'Rows refer to rows that do not exist. Updating these records requires another reference.',
      },
    },
  ];
}
