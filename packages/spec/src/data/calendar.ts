const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** Whether the text is a calendar date, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const midnight = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
}

/** Years with more or fewer than four digits are rejected: they would be written with a sign and sort incorrectly. */
function written(time: number): string | null {
  if (Number.isNaN(time)) return null;
  const text = new Date(time).toISOString();
  return isDay(text.slice(0, 10)) ? text : null;
}

/** The timestamp in UTC with milliseconds, or null. Rejects February 30, which `Date` would convert to March. */
export function toInstant(value: unknown): string | null {
  if (value instanceof Date) return written(value.getTime());
  if (typeof value !== 'string' || !INSTANT.test(value) || !isDay(value.slice(0, 10))) return null;
  return written(Date.parse(value));
}

/** The time of day with seconds, or null. */
export function toTimeOfDay(value: unknown): string | null {
  const match = typeof value === 'string' ? TIME_OF_DAY.exec(value) : null;
  return match && `${match[1]}:${match[2]}:${match[3] ?? '00'}`;
}

/**
 * The calendar date, or null; a timestamp is converted to its UTC day. Writes to date fields accept only dates
 * (`encodeValue`).
 */
export function toDay(value: unknown): string | null {
  if (typeof value === 'string' && isDay(value)) return value;
  return toInstant(value)?.slice(0, 10) ?? null;
}
