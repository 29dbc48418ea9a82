import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';

/** A value as the native library and the protocol of servers take it. */
export type BoundValue = null | string | number | bigint | Uint8Array;

const SMALLEST_INTEGER = -(2n ** 63n);
const LARGEST_INTEGER = 2n ** 63n - 1n;

function unbindable(reason: string): ObjectStackError {
  return new ObjectStackError({
    code: 'sql_error',
    message: 'A bound value cannot be stored.',
    details: { reason },
  });
}

/** The library binds every number as REAL, so an integer must be bound as a BigInt. */
export function toBound(value: SqlValue): BoundValue {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'string') {
    if (!isStorableText(value)) throw unbindable('text with NUL or a lone surrogate');
    return value;
  }
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'bigint') {
    if (value < SMALLEST_INTEGER || value > LARGEST_INTEGER) throw unbindable('integer of more than 64 bits');
    return value;
  }
  if (!Number.isFinite(value)) throw unbindable('not a finite number, text, boolean, null or bytes');
  return Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** A statement with values as the native library takes them. */
export interface BoundStatement {
  readonly sql: string;
  readonly args: readonly BoundValue[];
}

export const toBoundStatement = ({ sql, args = [] }: SqlStatement): BoundStatement => ({
  sql,
  args: args.map(toBound),
});
