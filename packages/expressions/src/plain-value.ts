/** Value of an expression. A timestamp is a `Date`; an integer is a number. */
export type ExpressionValue =
  | null
  | boolean
  | string
  | number
  | Date
  | readonly ExpressionValue[]
  | { readonly [key: string]: ExpressionValue };

/** The integer of a CEL `int` or `uint`; undefined for other values. */
function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  const primitive: unknown = typeof value === 'object' ? value?.valueOf() : undefined;
  return typeof primitive === 'bigint' ? primitive : undefined;
}

function listOf(items: readonly unknown[]): ExpressionValue | undefined {
  const plain = items.map(plainValue);
  return plain.includes(undefined) ? undefined : (plain as ExpressionValue[]);
}

function mapOf(entries: Iterable<readonly [unknown, unknown]>): ExpressionValue | undefined {
  const plain = [...entries].map(([key, value]) => [key, plainValue(value)] as const);
  const isPlain = plain.every(([key, value]) => typeof key === 'string' && value !== undefined);
  return isPlain ? (Object.fromEntries(plain) as Record<string, ExpressionValue>) : undefined;
}

/**
 * The value of an expression as a JavaScript value. Undefined for what no field can store: types, durations, bytes,
 * integers and other numbers that a double cannot represent, maps whose keys are no texts.
 */
export function plainValue(value: unknown): ExpressionValue | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const integer = integerOf(value);
  if (integer !== undefined) return Number.isSafeInteger(Number(integer)) ? Number(integer) : undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value;
  if (Array.isArray(value)) return listOf(value);
  if (value instanceof Map) return mapOf(value);
  const isObject =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isObject ? mapOf(Object.entries(value)) : undefined;
}
