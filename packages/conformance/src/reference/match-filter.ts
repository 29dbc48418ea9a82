import { encodeItem, FILTER_OPERATORS, isStorableText, operatorsOf } from '@objectstack/spec/data';
import { isPlainObject, type JsonValue, LIMITS, toJsonPointer } from '@objectstack/spec/shared';
import { checkAll } from './check-all.js';
import { comparable, compareIn } from './compare-values.js';
import { memoryError } from './memory-error.js';
import type { MemoryField } from './memory-table.js';
import { storedValue } from './stored-value.js';

type Row = Readonly<Record<string, JsonValue>>;
type Predicate = (row: Row) => boolean;
type Fields = ReadonlyMap<string, MemoryField>;

const inside = (path: string, key: string | number) => `${path}${toJsonPointer([key])}`;
const invalid = (path: string) => memoryError('invalid_filter', { path });

/** One operator on one field. */
class Condition {
  constructor(
    readonly fields: Fields,
    readonly field: MemoryField,
    readonly path: string,
  ) {}

  value(operand: unknown): JsonValue {
    const value = storedValue(this.field, operand);
    if (value === undefined || value === null) throw invalid(this.path);
    return value;
  }

  /** The right-hand side of a comparison: a literal value, or the value of another field of the record. */
  operand(operand: unknown): (row: Row) => JsonValue {
    if (!isPlainObject(operand)) {
      const value = this.value(operand);
      return () => value;
    }
    const name = operand.$field;
    const target = typeof name === 'string' ? this.fields.get(name) : undefined;
    const isAlike = target?.storage.encoding === this.field.storage.encoding;
    if (!target || !isAlike || Object.keys(operand).length !== 1) throw invalid(this.path);
    return (row) => row[target.name] ?? null;
  }

  compare(operand: unknown, holds: (order: number) => boolean): Predicate {
    const other = this.operand(operand);
    return (row) => {
      const [left, right] = [row[this.field.name] ?? null, other(row)];
      return left !== null && right !== null && holds(compareIn(this.field, left, right));
    };
  }

  equals(operand: unknown): Predicate {
    if (operand === null) return (row) => (row[this.field.name] ?? null) === null;
    const other = this.operand(operand);
    return (row) => compareIn(this.field, row[this.field.name] ?? null, other(row)) === 0;
  }

  isIn(operand: unknown): Predicate {
    if (!Array.isArray(operand) || operand.length > LIMITS.maxFilterListItems) throw invalid(this.path);
    const values = Array.from(operand, (item) => (item === null ? null : this.value(item)));
    return (row) => values.some((value) => compareIn(this.field, value, row[this.field.name] ?? null) === 0);
  }

  between(operand: unknown): Predicate {
    if (!Array.isArray(operand) || operand.length !== 2) throw invalid(this.path);
    const [from, to] = operand.map((item) => this.value(item)) as [JsonValue, JsonValue];
    return (row) => {
      const value = row[this.field.name] ?? null;
      return (
        value !== null && compareIn(this.field, value, from) >= 0 && compareIn(this.field, value, to) <= 0
      );
    };
  }

  text(operand: unknown, holds: (value: string, part: string) => boolean): Predicate {
    if (typeof operand !== 'string' || !isStorableText(operand)) throw invalid(this.path);
    const part = String(comparable(this.field, operand));
    return (row) => {
      const value = comparable(this.field, row[this.field.name] ?? null);
      return value !== null && holds(String(value), part);
    };
  }

  /** Whether a text contains another text, or a list contains an item. */
  contains(operand: unknown): Predicate {
    const { isList, name } = this.field;
    if (!isList) return this.text(operand, includes);
    const encoded = encodeItem(this.field, operand);
    if ('rule' in encoded) throw invalid(this.path);
    return (row) => {
      const value = row[name] ?? null;
      return Array.isArray(value) && value.includes(encoded.value);
    };
  }

  isEmpty(operand: unknown, empty: boolean): Predicate {
    if (typeof operand !== 'boolean') throw invalid(this.path);
    return (row) => ((row[this.field.name] ?? null) === null) === (operand === empty);
  }
}

const not =
  (predicate: Predicate): Predicate =>
  (row) =>
    !predicate(row);
const includes = (value: string, part: string) => value.includes(part);

const OPERATORS: Record<string, (condition: Condition, operand: unknown) => Predicate> = {
  $eq: (condition, operand) => condition.equals(operand),
  $ne: (condition, operand) => not(condition.equals(operand)),
  $gt: (condition, operand) => condition.compare(operand, (order) => order > 0),
  $gte: (condition, operand) => condition.compare(operand, (order) => order >= 0),
  $lt: (condition, operand) => condition.compare(operand, (order) => order < 0),
  $lte: (condition, operand) => condition.compare(operand, (order) => order <= 0),
  $in: (condition, operand) => condition.isIn(operand),
  $nin: (condition, operand) => not(condition.isIn(operand)),
  $between: (condition, operand) => condition.between(operand),
  $contains: (condition, operand) => condition.contains(operand),
  $notContains: (condition, operand) => not(condition.contains(operand)),
  $startsWith: (condition, operand) => condition.text(operand, (value, part) => value.startsWith(part)),
  $endsWith: (condition, operand) => condition.text(operand, (value, part) => value.endsWith(part)),
  $null: (condition, operand) => condition.isEmpty(operand, true),
  $exists: (condition, operand) => condition.isEmpty(operand, false),
};

function operatorPredicate(condition: Condition, operator: string, operand: unknown): Predicate {
  const build = (FILTER_OPERATORS as string[]).includes(operator) ? OPERATORS[operator] : undefined;
  if (!build || operand === undefined || condition.field.storage.column === null)
    throw invalid(condition.path);
  const asksForEmpty = operand === null && (operator === '$eq' || operator === '$ne');
  const permitted: ReadonlySet<string> = operatorsOf(condition.field);
  if (!asksForEmpty && !permitted.has(operator)) throw invalid(condition.path);
  return build(condition, operand);
}

function fieldPredicate(
  fields: Fields,
  { name, path, value }: { name: string; path: string; value: unknown },
): Predicate {
  const field = fields.get(name);
  if (!field) throw invalid(path);
  if (!isPlainObject(value)) return operatorPredicate(new Condition(fields, field, path), '$eq', value);
  const operators = Object.entries(value);
  if (operators.length === 0) throw invalid(path);
  const predicates = checkAll(
    operators.map(
      ([operator, operand]) =>
        () =>
          operatorPredicate(new Condition(fields, field, inside(path, operator)), operator, operand),
    ),
  );
  return (row) => predicates.every((predicate) => predicate(row));
}

/** Returns a predicate for a filter. Throws `invalid_filter` with the path, before any row is read. */
export function matchFilter(fields: Fields, filter: unknown, path = '/where', level = 0): Predicate {
  if (!isPlainObject(filter) || level > LIMITS.maxFilterDepth) throw invalid(path);
  const list = (key: string, value: unknown) => {
    if (!Array.isArray(value)) throw invalid(`${path}/${key}`);
    return checkAll(
      Array.from(
        value,
        (item, index) => () => matchFilter(fields, item, `${path}/${key}/${index}`, level + 2),
      ),
    );
  };
  const predicateOf = (name: string, value: unknown): Predicate => {
    if (name === '$and') {
      const all = list(name, value);
      return (row) => all.every((predicate) => predicate(row));
    }
    if (name === '$or') {
      const some = list(name, value);
      return (row) => some.some((predicate) => predicate(row));
    }
    if (name === '$not') return not(matchFilter(fields, value, `${path}/$not`, level + 1));
    return fieldPredicate(fields, { name, path: inside(path, name), value });
  };
  const predicates = checkAll(
    Object.entries(filter).map(
      ([name, value]) =>
        () =>
          predicateOf(name, value),
    ),
  );
  return (row) => predicates.every((predicate) => predicate(row));
}
