import * as z from 'zod';

/** Longest text that is corrected. */
const MAX_CHARACTERS = 100;

/** A text in the notation of machine names: `Due Date` and `dueDate` become `due_date`. */
function toSnakeCase(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^[^A-Za-z]+/, '')
    .replace(/_$/, '')
    .toLowerCase();
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  false: false,
  no: false,
  off: false,
};

/** Values that the author of a text or number may have meant. */
function* candidatesFor(given: string | number): Generator<unknown> {
  const text = String(given);
  yield* [text, toSnakeCase(text)];
  const version = text.replace(/^v/, '');
  if (/^\d/.test(version)) yield* [version, `${version}.0`, `${version}.0.0`];
  if (text.trim() !== '') yield Number(text);
  yield BOOLEANS[text.toLowerCase()];
  yield [given];
}

/** The value that was probably meant, as a text: the first likely one that the schema accepts. */
export function correctionOf(value: unknown, schema: z.core.$ZodType): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  if (String(value).length > MAX_CHARACTERS) return undefined;
  for (const candidate of candidatesFor(value)) {
    if (candidate === undefined || !z.safeParse(schema, candidate).success) continue;
    return typeof candidate === 'string' ? candidate : JSON.stringify(candidate);
  }
  return undefined;
}
