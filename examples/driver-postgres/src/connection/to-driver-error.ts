import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { driverError } from '../driver-error.js';
import type { Schema } from '../schema/schema.js';

/** Facts that PostgreSQL gives about an error, without its texts, which can contain values. */
interface ServerError {
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly table?: unknown;
  readonly column?: unknown;
}

/** Error codes of PostgreSQL (SQLSTATE) and of sockets that have one meaning. */
const CODES: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^(40001|40P01|55P03|53300)$/, 'database_busy'],
  [/^53200$/, 'out_of_memory'],
  [/^53100$/, 'database_full'],
  [/^57014$/, 'request_timeout'],
  [/^(28...|42501)$/, 'unauthorized'],
  [/^3D000$/, 'database_not_found'],
  [/^(57P0[1-5]|08...)$/, 'database_unreachable'],
];

const SQLSTATE = /^[0-9A-Z]{5}$/;

export interface ErrorContext {
  readonly constraints: Schema['constraints'];
  /** Whether the failed statement deletes records. */
  readonly isDelete: boolean;
}

function violated({ constraint }: ServerError, { constraints, isDelete }: ErrorContext) {
  const facts = constraints.get(String(constraint));
  if (!facts || !('field' in facts)) return driverError('foreign_key_violation');
  const { object, field, target } = facts;
  return isDelete
    ? driverError('foreign_key_violation', { object: target, referredBy: { object, field } })
    : driverError('foreign_key_violation', { object, field });
}

function duplicate({ constraint }: ServerError, { constraints }: ErrorContext) {
  const facts = constraints.get(String(constraint));
  if (!facts || !('fields' in facts)) return driverError('unique_violation');
  return driverError('unique_violation', { object: facts.object, fields: [...facts.fields] });
}

const missing = ({ table, column }: ServerError) =>
  driverError('not_null_violation', { object: String(table), fields: [String(column)] });

const BY_CODE: Readonly<Record<string, (error: ServerError, context: ErrorContext) => ObjectStackError>> = {
  '23505': duplicate,
  '23503': violated,
  '23001': violated,
  '23502': missing,
};

/** An error of `pg` as an error of the contract. It is no cause, because its texts can contain values. */
export function toDriverError(error: unknown, context: ErrorContext): unknown {
  if (ObjectStackError.isInstance(error) || !(error instanceof Error)) return error;
  const facts = error as ServerError;
  const { code } = facts;
  if (typeof code !== 'string' || !SQLSTATE.test(code)) return driverError('database_unreachable');
  const known = CODES.find(([pattern]) => pattern.test(code));
  if (known) return driverError(known[1]);
  return BY_CODE[code]?.(facts, context) ?? driverError('sql_error', { reason: code });
}
