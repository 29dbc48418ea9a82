import { type Field, type FieldEncoding, isList, SYSTEM_FIELDS, storageOf } from '@objectstack/spec/data';
import type { BaselineFinding, TableIndex } from '@objectstack/spec/system';
import { quote } from '../../schema/quote.js';
import { storedFields } from '../../schema/stored-fields.js';
import { textDay, textInstant, textTime } from '../diff/conversions/text-instant.js';
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

const isOtherText = (parse: (text: string) => string) => (column: string) =>
  `typeof(${column}) <> 'text' OR (${parse(column)}) IS NOT ${column}`;
const isNoText = (column: string) => `typeof(${column}) <> 'text' OR ${undecodableText(column)}`;
const LARGEST = '1.7976931348623157e308';

/** SQL conditions that a value, which is not null, is not one that a write of the encoding stores. */
const UNSTORABLE: Readonly<Record<Exclude<FieldEncoding, 'computed'>, (column: string) => string>> = {
  text: isNoText,
  number: (column) => `typeof(${column}) NOT IN ('integer', 'real') OR abs(${column}) > ${LARGEST}`,
  boolean: (column) => `typeof(${column}) <> 'integer' OR ${column} NOT IN (0, 1)`,
  date: isOtherText(textDay),
  datetime: isOtherText(textInstant),
  time: isOtherText(textTime),
  json: (column) => `${isNoText(column)} OR NOT json_valid(${column})`,
};

const FORMATS: Partial<Record<FieldEncoding, string>> = {
  boolean: '0 or 1',
  date: 'YYYY-MM-DD',
  datetime: 'YYYY-MM-DDTHH:MM:SS.sssZ',
  json: 'JSON text in UTF-8',
  number: 'numbers',
  text: 'texts in UTF-8 without NUL',
  time: 'HH:MM:SS',
};

function unstorable(name: string, field: Field): string {
  const column = quote(name);
  const { encoding } = storageOf(field);
  if (encoding === 'computed') return '0';
  const other = UNSTORABLE[encoding](column);
  const condition = isList(field)
    ? `CASE WHEN ${other} THEN 1 ELSE json_type(${column}) <> 'array' END`
    : other;
  return `${column} IS NOT NULL AND (${condition})`;
}

function valueCheck(object: string, name: string, field: Field): ValueCheck {
  const format = FORMATS[storageOf(field).encoding];
  const values = isList(field) ? 'JSON arrays' : format;
  return {
    sql: countWhere(quote(object), unstorable(name, field)),
    finding: {
      code: 'invalid_value',
      severity: 'error',
      object,
      name,
      message: `Rows contain values that a ${field.type} field does not store. It stores ${values}.`,
      next: `Correct the rows, or import the records into a new tenant: objectstack data import ${object} <file>`,
    },
  };
}

/** Checks of ids. They come first, because the samples of the others are ids. */
export function idChecks({ definition: { name: object } }: AdoptedTable): ValueCheck[] {
  const wrong = unstorable('id', SYSTEM_FIELDS.id);
  const sql = `SELECT count(*) AS "rows", '[]' AS samples FROM ${quote(object)} WHERE ${wrong}`;
  return [{ ...valueCheck(object, 'id', SYSTEM_FIELDS.id), sql }];
}

/** A record without a timestamp cannot be read. */
const systemChecks = (object: string): ValueCheck[] =>
  Object.entries(SYSTEM_FIELDS).flatMap(([name, field]) =>
    name === 'id' ? [] : [valueCheck(object, name, field)],
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
export function valueChecks({ definition, missing }: AdoptedTable): ValueCheck[] {
  const object = definition.name;
  return [
    ...systemChecks(object),
    ...storedFields(definition).map(([name, field]) => valueCheck(object, name, field)),
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
