import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { registryTablesMissing } from '../registry/with-registry-errors.js';

interface Meaning {
  readonly code: ErrorCode;
  readonly message: string;
  /** Setting to correct. */
  readonly settings?: readonly string[];
}

const CREDENTIALS: Meaning = {
  code: 'configuration_invalid',
  message: 'PostgreSQL rejected the user or password of the registry. Correct the connection string.',
  settings: ['connectionString'],
};
const UNREACHABLE: Meaning = {
  code: 'database_unreachable',
  message:
    'The PostgreSQL server of the registry cannot be reached. Check that it runs and accepts connections.',
};
const BUSY: Meaning = {
  code: 'database_busy',
  message: 'The PostgreSQL database of the registry is busy. Repeat the call.',
};
const TIMEOUT: Meaning = {
  code: 'request_timeout',
  message: 'The PostgreSQL server of the registry did not respond in time.',
};
const INSECURE: Meaning = {
  code: 'configuration_invalid',
  message:
    'The TLS connection to PostgreSQL failed. Correct sslmode in the connection string, or the certificates.',
  settings: ['connectionString'],
};
const CLOSED: Meaning = { code: 'runtime_closed', message: 'The registry is closed. Create a new one.' };

/** Error codes of PostgreSQL (SQLSTATE) with their meaning for the registry. */
const BY_STATE: readonly (readonly [RegExp, Meaning])[] = [
  [/^23505$/, { code: 'unique_violation', message: 'Another row of the registry has the same value.' }],
  [/^(40001|40P01|55P03|53300)$/, BUSY],
  [/^57014$/, TIMEOUT],
  [/^(57P0[1-5]|08...)$/, UNREACHABLE],
  [/^28...$/, CREDENTIALS],
  [
    /^3D000$/,
    {
      code: 'configuration_invalid',
      message:
        'The PostgreSQL database of the registry does not exist. Create it, or correct the connection string.',
      settings: ['connectionString'],
    },
  ],
  [
    /^42501$/,
    {
      code: 'configuration_invalid',
      message: 'The PostgreSQL user of the registry lacks privileges. Grant CREATE on the schema to it.',
      settings: ['connectionString'],
    },
  ],
  [
    /^25006$/,
    {
      code: 'configuration_invalid',
      message:
        'The PostgreSQL server of the registry is read-only. Use the connection string of the primary server.',
      settings: ['connectionString'],
    },
  ],
  [/^53100$/, { code: 'database_full', message: 'The disk of the PostgreSQL server is full.' }],
  [/^53200$/, { code: 'out_of_memory', message: 'The PostgreSQL server ran out of memory.' }],
];

/** Errors of the client, by their code or text. */
const BY_CLIENT: readonly (readonly [RegExp, Meaning])[] = [
  // Their texts can contain the name of a host, and mention TLS when a connection ends before it.
  [/^(ECONNREFUSED|ECONNRESET|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EPIPE|ETIMEDOUT) /, UNREACHABLE],
  [/query read timeout/i, TIMEOUT],
  [/after calling end on the pool|driver has already been destroyed/i, CLOSED],
  [/client password must be/i, CREDENTIALS],
  [/CERT|\bSSL\b|TLS|self.signed/i, INSECURE],
];

const factsOf = (error: unknown) => {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : '', message: String(message) };
};

/** Whether the error is an answer of the server, after which the connection can be used again. */
export function isServerError(error: unknown): boolean {
  return (
    typeof (error as { severity?: unknown } | null)?.severity === 'string' && !isLost(factsOf(error).code)
  );
}

const isLost = (state: string) => /^(57P0.|08)/.test(state);

function meaningOf(error: unknown): Meaning {
  const { code, message } = factsOf(error);
  if (typeof (error as { severity?: unknown } | null)?.severity !== 'string')
    return BY_CLIENT.find(([pattern]) => pattern.test(`${code} ${message}`))?.[1] ?? UNREACHABLE;
  return (
    BY_STATE.find(([pattern]) => pattern.test(code))?.[1] ?? {
      code: 'sql_error',
      message: 'PostgreSQL rejected a statement of the registry.',
    }
  );
}

/**
 * Error of the registry for an error of `pg`. It has no cause: texts of the server contain values of rows, and those of
 * the client the name of the host.
 */
export function toRegistryError(error: unknown): ObjectStackError {
  if (ObjectStackError.isInstance(error)) return error;
  const { code: found } = factsOf(error);
  if (/^(42P01|42703)$/.test(found)) return registryTablesMissing();
  const { code, message, settings } = meaningOf(error);
  const reason = /^[A-Z0-9_]{1,40}$/.test(found) ? found : undefined;
  return new ObjectStackError({
    code,
    message,
    details: {
      ...(settings && { settings: [...settings] }),
      ...(reason && HAS_REASON.has(code) && { reason }),
    },
  });
}

/** Codes whose details can hold the code of PostgreSQL or of the operating system. */
const HAS_REASON: ReadonlySet<ErrorCode> = new Set([
  'configuration_invalid',
  'database_unreachable',
  'sql_error',
]);
