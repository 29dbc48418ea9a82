import type * as z from 'zod';
import type { IssueSource } from '../shared/explain-issue.js';
import { type InputIssue, issuesOf, summaryOf } from '../shared/issues-of.js';
import { LIMITS } from '../shared/limits.js';
import { ObjectStackError } from '../shared/object-stack-error.js';
import { jsonErrorPlace } from './json-error-place.js';
import { readBody } from './read-body.js';

export interface ParseRequestOptions {
  /** Maximum size of the body in bytes. Defaults to `LIMITS.maxRequestBytes`. */
  readonly maxBytes?: number;
}

const JSON_TYPE = /^application\/(?:json|[\w.!#$&^+-]+\+json)\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/** Most issues of one response, and most characters of a path: a small body can have very many and very long ones. */
const MAX_ISSUES = 100;
const MAX_PATH = 200;

function refusal(issues: readonly InputIssue[], count: number): ObjectStackError {
  return new ObjectStackError({
    code: 'invalid_request',
    message: `The body of the request is not valid: ${summaryOf(issues, count)}`,
    details: { issues: [...issues] },
  });
}

const bodyIssue = (code: string, message: string, place: object = {}) =>
  refusal([{ path: '', code, message, ...place }], 1);

/** A mistake of the service, not of its client. */
function assertMaxBytes(maxBytes: unknown): void {
  if (Number.isSafeInteger(maxBytes) && Number(maxBytes) >= 0) return;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: 'The option maxBytes must be a whole number of bytes that is not negative.',
    details: { option: 'maxBytes' },
  });
}

const withoutBody = () => bodyIssue('no_body', 'The request has no body. Send a JSON value.');

function assertJsonType(request: Request): void {
  if (JSON_TYPE.test(request.headers.get('content-type')?.trim() ?? '')) return;
  throw new ObjectStackError({
    code: 'unsupported_media_type',
    message: 'The header content-type of the request must be application/json, in UTF-8.',
  });
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw bodyIssue('not_utf8', 'The body is not encoded in UTF-8.');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { line, column, hint } = jsonErrorPlace(text) ?? { line: 1, column: 1, hint: '' };
    const message = `The body is not JSON at line ${line}, column ${column}. ${hint}`;
    throw bodyIssue('not_json', message, { line, column });
  }
}

async function check<Schema extends z.ZodType>(schema: Schema, value: unknown) {
  try {
    return await schema.safeParseAsync(value);
  } catch (error) {
    // A recursive schema exhausts the stack before the body reaches its size limit, and so does a very long list of issues.
    if (error instanceof RangeError)
      throw bodyIssue('too_deep', 'The body is nested too deeply or has too many errors.');
    throw error;
  }
}

/** The refusal with the first issues; its message has the number of all. */
function boundedRefusal({ issues }: z.core.$ZodError, source: IssueSource): ObjectStackError {
  const explained = issuesOf({ issues: issues.slice(0, MAX_ISSUES) } as z.core.$ZodError, source);
  const bounded = explained.map((issue) => ({ ...issue, path: issue.path.slice(0, MAX_PATH) }));
  return refusal(bounded, issues.length - Math.min(issues.length, MAX_ISSUES) + bounded.length);
}

/**
 * Reads the JSON body of a request and parses it by a schema: the boundary of a service, for every framework with
 * requests of the Fetch API. Messages and details contain no value of the body.
 *
 * Rejects with `invalid_request`, whose `details.issues` lists the first 100 violations, each with a JSON Pointer of at
 * most 200 characters (malformed JSON with its line and column), with `unsupported_media_type` unless the content type
 * is JSON, with `request_too_large`, and with `aborted` if the client closes the connection. Rejects with `configuration_invalid`
 * for an invalid option, and with a `TypeError` if the body was already read.
 */
export async function parseRequest<Schema extends z.ZodType>(
  schema: Schema,
  request: Request,
  { maxBytes = LIMITS.maxRequestBytes }: ParseRequestOptions = {},
): Promise<z.output<Schema>> {
  assertMaxBytes(maxBytes);
  if (request.body === null) throw withoutBody();
  assertJsonType(request);
  const bytes = await readBody(request, maxBytes);
  if (bytes.byteLength === 0) throw withoutBody();
  const value = parseJson(decoded(bytes));
  const parsed = await check(schema, value);
  if (parsed.success) return parsed.data;
  throw boundedRefusal(parsed.error, { schema, value });
}
