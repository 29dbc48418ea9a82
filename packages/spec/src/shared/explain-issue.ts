import type * as z from 'zod';
import { expectationOf, optionsOf } from './issue-expectation.js';
import { notationHint } from './notation-hint.js';
import { formatDescription, keySchemaAt, keysOf, schemaAt, valueAt } from './schema-at.js';
import { suggestName } from './suggest-name.js';

type Issue = z.core.$ZodIssue;

/** The input in which Zod found an issue. */
export interface IssueSource {
  readonly schema: z.core.$ZodType;
  readonly value: unknown;
}

/** Explanation of an issue: what is expected, without the value that was found. */
export interface IssueExplanation {
  /** Sentences, the last one without its period. */
  readonly message: string;
  /** Name that was probably intended: always one that the schema defines. */
  readonly suggestion?: string;
}

/** Start of the messages of Zod; any other message was written for the schema, and is better than a general one. */
const GENERAL = /^(?:Invalid |Too |Unrecognized )/;

/** Maximum number of unknown and known keys, and of characters of a key, in a message. */
const MAX_NAMED = 5;
const MAX_LISTED = 12;
const MAX_CHARACTERS = 100;

/** Explains an issue of Zod by what its schema expects. Quotes unknown keys, but no value of the input. */
export function explainIssue(issue: Issue, source: IssueSource): IssueExplanation {
  if (issue.code === 'unrecognized_keys') return explainUnknownKeys(issue, source);
  if (issue.code === 'invalid_key') return { message: explainKey(issue, source.schema) };
  if (!GENERAL.test(issue.message)) return { message: issue.message };
  const expected = expectationOf(issue, source.schema);
  if (expected === undefined) return { message: issue.message };
  if (isMissingKey(issue, source.value)) return { message: explainMissing(issue, source.schema, expected) };
  const message = [`Expected ${expected}${meaningOf(issue, source)}`, notationOf(issue, source)];
  return explanation(
    message.filter(Boolean).join('. '),
    suggestName(valueAt(source.value, issue.path), optionsOf(issue)),
  );
}

const explanation = (message: string, suggestion: string | undefined): IssueExplanation =>
  suggestion === undefined ? { message } : { message, suggestion };

/** What the value is, if only its type is expected, in the first sentence of its description. */
function meaningOf(issue: Issue, { schema }: IssueSource): string {
  if (issue.code !== 'invalid_type' || issue.expected === 'boolean' || issue.path.length === 0) return '';
  const { description } = (schemaAt(schema, issue.path) ?? {}) as { description?: string };
  const [sentence] = description?.split('. ', 1) ?? [];
  return sentence === undefined ? '' : `: ${withoutPeriod(sentence)}`;
}

function notationOf({ code, path }: Issue, { schema, value }: IssueSource): string | undefined {
  const at = code === 'invalid_type' ? schemaAt(schema, path) : undefined;
  return at && notationHint(valueAt(value, path), at);
}

function explainUnknownKeys(
  { keys, path }: Extract<Issue, { code: 'unrecognized_keys' }>,
  { schema, value }: IssueSource,
): IssueExplanation {
  const [key = ''] = keys;
  const at = schemaAt(schema, path);
  const absent = (at ? keysOf(at) : []).filter((name) => valueAt(value, [...path, name]) === undefined);
  const message =
    keys.length > 1
      ? `The keys ${keys.slice(0, MAX_NAMED).map(short).join(', ')} are unknown`
      : `The key ${short(key)} is unknown`;
  const meant = suggestName(key, absent);
  const isListed = meant === undefined && absent.length > 0 && absent.length <= MAX_LISTED;
  return explanation(isListed ? `${message}. Known keys: ${absent.join(', ')}` : message, meant);
}

function explainKey(
  { path, issues }: Extract<Issue, { code: 'invalid_key' }>,
  schema: z.core.$ZodType,
): string {
  const keySchema = keySchemaAt(schema, path);
  const description = keySchema && formatDescription(keySchema);
  const expected = description === undefined ? issues[0]?.message : `Expected: ${withoutPeriod(description)}`;
  return `The key ${short(path.at(-1))} is not valid. ${expected}`;
}

/** Whether an issue says that a key of an object is missing. */
export function isMissingKey({ path }: Issue, value: unknown): boolean {
  return path.length > 0 && typeof path.at(-1) === 'string' && valueAt(value, path) === undefined;
}

function explainMissing({ path }: Issue, schema: z.core.$ZodType, expected: string): string {
  const at = schemaAt(schema, path) as { description?: string } | undefined;
  const hint = at?.description === undefined ? ` ${expected}` : `: ${withoutPeriod(at.description)}`;
  return `The required key ${short(path.at(-1))} is missing. Expected${hint}`;
}

const short = (key: unknown): string => String(key).slice(0, MAX_CHARACTERS);

const withoutPeriod = (sentence: string): string => sentence.replace(/\.$/, '');
