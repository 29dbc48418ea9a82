import { ObjectStackError } from '@objectstack/spec/shared';
import { pointInTimeUnavailable } from './assert-point-in-time.js';
import { type ApiAnswer, refusedAnswer } from './retrying-api-client.js';

const TAKEN = /already exists|not available/i;
const ABOUT_TIME = /timestamp|point|recover|restor|retention/i;
const MISSING = /not found|could not find|does not exist|no such/i;

/** What a request was about, to interpret its refusal. */
export interface RefusedRequest {
  readonly databaseName?: string;
  readonly seedName?: string | undefined;
  /** Timestamp of the state that was to be copied. */
  readonly timestamp?: string | undefined;
  readonly group?: string | undefined;
}

/** Whether the text is about a database, whatever the name of the database contains. */
const isAboutDatabase = (error: string) => /\bdatabase\b/i.test(error);

/** Whether a creation was refused because the name exists. The documented status is 409; others have been observed. */
export function isNameTaken({ status, error }: ApiAnswer): boolean {
  return [400, 409, 422].includes(status) && isAboutDatabase(error) && TAKEN.test(error);
}

/** Whether a request about a database was refused because the database does not exist; not by a proxy, for example. */
export function isDatabaseMissing({ status, error }: ApiAnswer): boolean {
  return status === 404 && isAboutDatabase(error);
}

function invalidSetting(setting: string, what: string): ObjectStackError {
  return new ObjectStackError({
    code: 'configuration_invalid',
    message: `The Platform API does not know the ${what}. Correct ${setting} of the configuration.`,
    details: { settings: [setting] },
  });
}

function notFound(databaseName: string): ObjectStackError {
  return new ObjectStackError({
    code: 'database_not_found',
    message: `The Platform API does not know the database ${databaseName}.`,
    details: { databaseName },
  });
}

function unauthorized(status: number): ObjectStackError {
  return new ObjectStackError({
    code: 'unauthorized',
    message:
      status === 401
        ? 'The Platform API refused the token. Create a new one and configure it as platformToken.'
        : 'The token of the Platform API lacks a permission for this call. Add the scope to the token.',
    details: { status },
  });
}

/** The error for an answer that refuses a request. */
export function tursoRefusal(answer: ApiAnswer, request: RefusedRequest = {}): ObjectStackError {
  const { status, error } = answer;
  const { databaseName, seedName, timestamp } = request;
  if (/protect/i.test(error))
    return new ObjectStackError({
      code: 'database_blocked',
      message: 'The database or its group is protected from deletion. Remove the protection first.',
      details: { reason: 'delete_protection' },
    });
  if (status === 401 || status === 403) return unauthorized(status);
  if (MISSING.test(error) && /\bgroup\b/i.test(error) && !isAboutDatabase(error))
    return invalidSetting('group', 'group');
  if (status === 404 && !isDatabaseMissing(answer)) return invalidSetting('organizationSlug', 'organization');
  // The document lists no error for a timestamp: any refusal of the request is one, unless it is about something else.
  const isInvalid = timestamp !== undefined && [400, 422].includes(status);
  if (isInvalid && ABOUT_TIME.test(error.replaceAll(seedName ?? '', '')))
    return pointInTimeUnavailable(error, { status });
  if (seedName !== undefined && (status === 404 || MISSING.test(error))) return notFound(seedName);
  if (status === 404 && databaseName !== undefined) return notFound(databaseName);
  return isInvalid
    ? pointInTimeUnavailable(error || 'the Platform API refused it', { status })
    : refusedAnswer(status, error);
}
