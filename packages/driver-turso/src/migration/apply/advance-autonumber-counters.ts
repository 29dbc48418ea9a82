import type { SqlStatement } from '@objectstack/spec/contracts';
import {
  type AutonumberFormat,
  type AutonumberPart,
  type Field,
  type ObjectDefinition,
  SYSTEM_FIELDS,
  storageOf,
} from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import type { DeployDiff } from '@objectstack/spec/system';
import { autonumberOf } from '../../schema/autonumber-of.js';
import { isSameJson } from '../../schema/hash-of.js';
import { flatMapSteps } from '../../schema/map-steps.js';
import { quote } from '../../schema/quote.js';
import { textLiteral } from '../../schema/text-literal.js';

/**
 * Advances the counters of autonumber fields to the highest stored number in their format. This is needed when a
 * counter may be lower than the values of its column: when a field becomes an autonumber, when its format or name
 * changes, and when a rollback restores it. A value is parsed as the text before the number, the number, and the text
 * after it. SQL builds both texts for each record: the lengths of literals and fields are known, and the digits of a
 * date token are taken from the value itself, so that each date has its own counter.
 */
interface Text {
  /** SQL expression of the text that the value must contain at this position. */
  readonly expected: string;
  /** Further conditions on the value. */
  readonly conditions: readonly string[];
}

/** The value of a field as the driver renders it. */
function fieldText(name: string, field: Field | undefined): string {
  const column = quote(name);
  if (!field || storageOf(field).encoding !== 'number') return `coalesce(${column}, '')`;
  const whole = `CAST(${column} AS INTEGER)`;
  return `coalesce(CASE WHEN ${column} = ${whole} THEN ${whole} ELSE ${column} END, '')`;
}

/** Expected text of the parts from the offset `start` (an SQL expression, counted from 0). */
function textOf(
  parts: readonly AutonumberPart[],
  { value, start, fields }: { value: string; start: string; fields: ReadonlyMap<string, Field> },
): Text {
  const expected: string[] = [];
  const conditions: string[] = [];
  for (const part of parts) {
    const offset = [start, ...expected.map((text) => `length(${text})`)].join(' + ');
    if (part.kind === 'literal') expected.push(textLiteral(part.text));
    else if (part.kind === 'field') expected.push(`(${fieldText(part.field, fields.get(part.field))} || '')`);
    else {
      const digits = `substr(${value}, 1 + ${offset}, ${part.pattern.length})`;
      expected.push(digits);
      conditions.push(`${digits} GLOB '${'[0-9]'.repeat(part.pattern.length)}'`);
    }
  }
  return { expected: expected.length === 0 ? "''" : `(${expected.join(' || ')})`, conditions };
}

/** Length of the text of the parts; a date token has as many digits as its pattern has letters. */
function lengthOf(parts: readonly AutonumberPart[], fields: ReadonlyMap<string, Field>): string {
  const lengths = parts.map((part) => {
    if (part.kind === 'literal') return `length(${textLiteral(part.text)})`;
    if (part.kind === 'date') return String(part.pattern.length);
    return `length(${fieldText(part.field, fields.get(part.field))} || '')`;
  });
  return lengths.length === 0 ? '0' : `(${lengths.join(' + ')})`;
}

interface Counter {
  readonly object: string;
  readonly field: string;
  readonly format: AutonumberFormat;
  readonly fields: ReadonlyMap<string, Field>;
}

/** Advances the counters of a field at least to the numbers in its records. */
function advanceToStoredValues({ object, field, format, fields }: Counter, now: string): SqlStatement {
  const value = quote(field);
  const [beforeLength, afterLength] = [lengthOf(format.before, fields), lengthOf(format.after, fields)];
  const before = textOf(format.before, { value, start: '0', fields });
  const after = textOf(format.after, { value, start: `length(${value}) - ${afterLength}`, fields });
  const digits = `substr(${value}, 1 + ${beforeLength}, length(${value}) - ${beforeLength} - ${afterLength})`;
  const conditions = [
    `typeof(${value}) = 'text'`,
    `length(${value}) > ${beforeLength} + ${afterLength}`,
    `substr(${value}, 1, ${beforeLength}) = ${before.expected}`,
    `substr(${value}, 1 + length(${value}) - ${afterLength}, ${afterLength}) = ${after.expected}`,
    ...before.conditions,
    ...after.conditions,
    `${digits} NOT GLOB '*[^0-9]*'`,
    `length(${digits}) <= 15`,
  ];
  const hasTokens = [...format.before, ...format.after].some(({ kind }) => kind !== 'literal');
  const scope = hasTokens ? ` || ':' || ${before.expected} || '{0}' || ${after.expected}` : '';
  return {
    sql: `INSERT INTO _os_sequence (id, last_value, created_at, updated_at)
      SELECT ?${scope}, max(CAST(${digits} AS INTEGER)), ?, ? FROM ${quote(object)} WHERE ${conditions.join(' AND ')} GROUP BY 1
      ON CONFLICT (id) DO UPDATE SET last_value = max(last_value, excluded.last_value), updated_at = excluded.updated_at`,
    args: [`${object}.${field}`, now, now],
  };
}

const fieldsOf = ({ fields }: ObjectDefinition) =>
  new Map(Object.entries<Field>({ ...fields, ...SYSTEM_FIELDS }));

/** Previous names of the renamed fields by their new names, by object. */
function previousNamesOf({ fields }: DeployDiff): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const names = new Map<string, Map<string, string>>();
  for (const { object, field, former } of fields) {
    if (former === undefined) continue;
    const ofObject = names.get(object);
    if (ofObject) ofObject.set(field, former);
    else names.set(object, new Map([[field, former]]));
  }
  return names;
}

const hasAutonumber = ({ fields }: ObjectDefinition) =>
  Object.values(fields).some(({ type }) => type === 'autonumber');

/** Statements that advance the counters of an object whose rows were written elsewhere. */
export function countersOfRows(definition: ObjectDefinition, now: string): SqlStatement[] {
  const fields = fieldsOf(definition);
  return Object.entries(definition.fields).flatMap(([field, facts]) => {
    const format = autonumberOf(facts, fields);
    return format ? [advanceToStoredValues({ object: definition.name, field, format, fields }, now)] : [];
  });
}

/** The statements for a diff. They run after the statements that change its tables. */
export function advanceAutonumberCounters(diff: DeployDiff, now: string): Steps<SqlStatement[]> {
  const renamed = previousNamesOf(diff);
  return flatMapSteps(diff.objects, ({ object, before, after }) => {
    if (!after || (!before && !diff.restores) || !hasAutonumber(after)) return [];
    const fields = fieldsOf(after);
    const previousNames = renamed.get(object);
    const previousFields = before ? fieldsOf(before) : new Map<string, Field>();
    return Object.entries(after.fields).flatMap(([name, field]) => {
      const format = autonumberOf(field, fields);
      if (!format) return [];
      const previous = previousFields.get(previousNames?.get(name) ?? name);
      const isSame = previous && !diff.restores && isSameJson(autonumberOf(previous, previousFields), format);
      return isSame ? [] : [advanceToStoredValues({ object, field: name, format, fields }, now)];
    });
  });
}
