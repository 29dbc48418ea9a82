import { Buffer } from 'node:buffer';

type Value = string | number | boolean | null;
export type Row = Record<string, Value>;

const compareText = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function compare(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return Number(a) - Number(b);
}

const isReference = (value: unknown): value is { $field: string } =>
  typeof value === 'object' && value !== null && '$field' in value;

/** Whether the value meets the condition; what compares with an empty value does not. */
function holdsOperator(row: Row, value: Value, operator: string, operand: unknown): boolean {
  const other = (isReference(operand) ? row[operand.$field] : operand) as Value;
  const ordered = (test: (order: number) => boolean) =>
    value !== null && other !== null && test(compare(value, other));
  const list = operand as Value[];
  const text = operand as string;
  if (operator === '$eq') return value === other;
  if (operator === '$ne') return value !== other;
  if (operator === '$gt') return ordered((order) => order > 0);
  if (operator === '$gte') return ordered((order) => order >= 0);
  if (operator === '$lt') return ordered((order) => order < 0);
  if (operator === '$lte') return ordered((order) => order <= 0);
  if (operator === '$in') return list.includes(value);
  if (operator === '$nin') return !list.includes(value);
  if (operator === '$between')
    return value !== null && compare(value, list[0] ?? null) >= 0 && compare(value, list[1] ?? null) <= 0;
  if (operator === '$contains') return value !== null && String(value).includes(text);
  if (operator === '$notContains') return value === null || !String(value).includes(text);
  if (operator === '$startsWith') return value !== null && String(value).startsWith(text);
  if (operator === '$endsWith') return value !== null && String(value).endsWith(text);
  return (operator === '$null') === (operand === true) ? value === null : value !== null;
}

/** What a filter means, written a second time and without a database. */
export function matches(row: Row, filter: Record<string, unknown>): boolean {
  return Object.entries(filter).every(([key, value]) => {
    if (key === '$and') return (value as Record<string, unknown>[]).every((part) => matches(row, part));
    if (key === '$or') return (value as Record<string, unknown>[]).some((part) => matches(row, part));
    if (key === '$not') return !matches(row, value as Record<string, unknown>);
    const operators =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { $eq: value };
    return Object.entries(operators).every(([operator, operand]) =>
      holdsOperator(row, row[key] ?? null, operator, operand),
    );
  });
}
