import type * as z from 'zod';
import { counted } from './counted.js';
import { formatDescription, itemSchemaOf, requiredKeysOf, schemaAt } from './schema-at.js';

type Issue = z.core.$ZodIssue;

/** Maximum number of values that a message lists. */
const MAX_LISTED = 12;

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const FORMATS: Readonly<Record<string, string>> = {
  date: 'a date such as 2026-01-31',
  datetime: 'a timestamp such as 2026-01-31T12:00:00Z',
  time: 'a time such as 12:00:00',
  email: 'an email address such as name@example.com',
  url: 'a URL such as https://example.com',
  uuid: 'a UUID such as 0198c5b2-7d3e-7c55-a1f0-3c5b1d2e4f60',
};

/** What an issue expects, to complete a sentence after "Expected"; undefined if there is nothing more specific to say. */
export function expectationOf(issue: Issue, schema: z.core.$ZodType): string | undefined {
  const { code } = issue;
  if (code === 'invalid_value') return listed(issue.values.map(String));
  if (code === 'invalid_type') return typeOf(issue.expected, schemaAt(schema, issue.path));
  if (code === 'invalid_format') return formatOf(issue, schema);
  if (code === 'too_small') return boundOf(issue, issue.minimum, ['at least', 'more than']);
  if (code === 'too_big') return boundOf(issue, issue.maximum, ['at most', 'less than']);
  if (code !== 'invalid_union') return undefined;
  return listed(discriminatorValues(issue)) ?? alternativesOf(issue, schema);
}

/** The expected type, and what its values must contain. */
function typeOf(expected: string, schema: z.core.$ZodType | undefined): string | undefined {
  const type = TYPES[expected];
  if (type === undefined || schema === undefined) return type;
  if (expected === 'object') return `${type}${withKeys(requiredKeysOf(schema))}`;
  const item = expected === 'array' ? itemSchemaOf(schema) : undefined;
  const keys = item ? requiredKeysOf(item) : [];
  return keys.length === 0 ? type : `${type} of objects${withKeys(keys)}`;
}

function withKeys(keys: readonly string[]): string {
  if (keys.length === 0) return '';
  return ` with the ${keys.length === 1 ? 'key' : 'keys'} ${keys.slice(0, MAX_LISTED).join(', ')}`;
}

/** Values among which an issue expects one. */
export function optionsOf(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code !== 'invalid_union') return [];
  return [...discriminatorValues(issue), ...ofWhole(issue).flatMap(optionsOf)];
}

const discriminatorValues = (issue: Issue): string[] =>
  ((issue as { options?: unknown[] }).options ?? []).map(String);

function listed(values: readonly string[]): string | undefined {
  const [first, second] = values;
  if (second === undefined) return first;
  const others = values.length - MAX_LISTED;
  return `one of ${values.slice(0, MAX_LISTED).join(', ')}${others > 0 ? ` and ${others} others` : ''}`;
}

type FormatIssue = Extract<Issue, { code: 'invalid_format' }>;
type UnionIssue = Extract<Issue, { code: 'invalid_union' }>;

function formatOf({ format, path }: FormatIssue, schema: z.core.$ZodType): string | undefined {
  if (Object.hasOwn(FORMATS, format)) return FORMATS[format];
  const at = schemaAt(schema, path);
  const description = at && formatDescription(at);
  return description && `this format: ${description.replace(/\.$/, '')}`;
}

const UNITS: Readonly<Record<string, string>> = { string: 'character', array: 'item' };

type BoundIssue = Extract<Issue, { code: 'too_small' | 'too_big' }>;
/** Words before a bound that is included, and before one that is not. */
type BoundWords = readonly [inclusive: string, exclusive: string];

function boundOf(issue: BoundIssue, bound: number | bigint, words: BoundWords): string {
  const unit = UNITS[issue.origin];
  const [inclusive, exclusive] = words;
  const relation = issue.exact ? 'exactly' : issue.inclusive === false ? exclusive : inclusive;
  return `${relation} ${unit === undefined ? bound : counted(bound, unit)}`;
}

/** The first issue of each alternative of a union, where that is about the whole value. */
const ofWhole = ({ errors }: UnionIssue): Issue[] =>
  errors.flatMap(([first]) => (first && first.path.length === 0 ? first : []));

/** What the alternatives of a union expect; of an alternative whose type is right, what it expects within it. */
function alternativesOf({ errors, path }: UnionIssue, schema: z.core.$ZodType): string | undefined {
  const inner = errors.flatMap(([first]) => first ?? []).find((issue) => issue.path.length > 0);
  const issues = inner ? [inner] : errors.flatMap(([first]) => first ?? []);
  const expected = issues.flatMap(
    (issue) => expectationOf({ ...issue, path: [...path, ...issue.path] }, schema) ?? [],
  );
  if (expected.length === 0) return undefined;
  const place = inner ? ` at ${inner.path.map(String).join('/')}` : '';
  return `${[...new Set(expected)].join(', or ')}${place}`;
}
