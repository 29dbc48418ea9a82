import type { SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { v7 as uuidv7 } from 'uuid';

/*
 * A write whose response was lost may or may not have been executed, and its request may still be in transit. To make a
 * retry safe, each write carries a guard in its transaction: a row of `_os_request` for the slot in which it is sent, with
 * a sequence number that only grows. The first copy that is executed sets the row to its number; a later copy, or one
 * that arrives after the next write of the slot, fails. A slot has one request at a time, so a connection needs as many
 * rows as it ever had concurrent requests. Rows that were not used for a day are deleted.
 */

const REPEATED = 'OS_REQUEST_REPEATED';
const DAY_MS = 86_400_000;
/** Time for which the absence of the table is remembered. */
const ABSENT_FOR_MS = 5_000;

const CLAIM = `INSERT INTO _os_request (id, sequence, created_at, updated_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at, sequence =
  CASE WHEN sequence < excluded.sequence THEN excluded.sequence ELSE json_extract('{}', '${REPEATED}') END`;

/** Slot of one request. */
export interface RequestSlot {
  readonly id: string;
  sequence: number;
}

/** The slots of one connection. */
export class RequestSlots {
  readonly #connectionId = uuidv7();
  readonly #free: RequestSlot[] = [];
  #count = 0;
  #absentUntil = 0;

  /** Called after statements that may have created the table. */
  sawStatements(statements: readonly SqlStatement[]): void {
    if (statements.some(({ sql }) => sql.includes('_os_request'))) this.#absentUntil = 0;
  }

  /** Acquires a slot for the next write; null if the database does not have the table. */
  take(): RequestSlot | null {
    if (performance.now() < this.#absentUntil) return null;
    const slot = this.#free.pop() ?? { id: `${this.#connectionId}.${this.#count++}`, sequence: 0 };
    slot.sequence++;
    return slot;
  }

  giveBack(slot: RequestSlot): void {
    this.#free.push(slot);
  }

  /** Leading statements of a write; they fail if the write has already been executed. */
  claim({ id, sequence }: RequestSlot): SqlStatement[] {
    const now = Date.now();
    const [text, yesterday] = [now, now - DAY_MS].map((time) => new Date(time).toISOString());
    const claim = { sql: CLAIM, args: [id, sequence, text ?? '', text ?? ''] };
    if (sequence > 1) return [claim];
    return [claim, { sql: 'DELETE FROM _os_request WHERE updated_at < ?', args: [yesterday ?? ''] }];
  }

  /** Whether the claim, and with it the whole write, failed because the table does not exist. */
  isMissing(error: unknown): boolean {
    const isMissing =
      ObjectStackError.isInstance(error) &&
      error.code === 'sql_error' &&
      /no such table: (main\.)?_os_request/.test(String(error.details.reason));
    if (isMissing) this.#absentUntil = performance.now() + ABSENT_FOR_MS;
    return isMissing;
  }
}

/** Reads the sequence number of the last write that was executed in a slot. */
export const lastRequest = ({ id }: RequestSlot): SqlStatement => ({
  sql: 'SELECT sequence FROM _os_request WHERE id = ?',
  args: [id],
});

/** Whether the guard stopped a write that had already been executed. */
export const isRepeated = (error: unknown): boolean =>
  ObjectStackError.isInstance(error) && error.details.guard === REPEATED;
