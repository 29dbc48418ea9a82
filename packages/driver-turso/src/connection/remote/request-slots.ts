import type { SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { v7 as uuidv7 } from 'uuid';

/*
 * A write whose answer was lost may or may not have been executed, and its request may even still be on its way. To make
 * sending it again harmless, each write carries a guard in its transaction: a row of `_os_request` for the slot in which
 * it is sent, with a number that only grows. Whichever copy comes first sets the row to its number; a later copy, or one
 * that was overtaken by the next write of the slot, fails. A slot has one request under way at a time, so a connection
 * needs as many rows as it ever had requests at once, and the rows of connections that are gone are deleted after a day.
 */

const REPEATED = 'OS_REQUEST_REPEATED';
const DAY_MS = 86_400_000;
/** How long a database that lacks the table is not asked for it again. */
const ABSENT_FOR_MS = 5_000;

const CLAIM = `INSERT INTO _os_request (id, sequence, created_at, updated_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at, sequence =
  CASE WHEN sequence < excluded.sequence THEN excluded.sequence ELSE json_extract('{}', '${REPEATED}') END`;

/** One request under way. */
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

  /** Statements that may have created the table were executed. */
  sawStatements(statements: readonly SqlStatement[]): void {
    if (statements.some(({ sql }) => sql.includes('_os_request'))) this.#absentUntil = 0;
  }

  /** A slot for the next write; null where the database has no table for them. */
  take(): RequestSlot | null {
    if (performance.now() < this.#absentUntil) return null;
    const slot = this.#free.pop() ?? { id: `${this.#connectionId}.${this.#count++}`, sequence: 0 };
    slot.sequence++;
    return slot;
  }

  giveBack(slot: RequestSlot): void {
    this.#free.push(slot);
  }

  /** Statements at the beginning of a write; they fail when it was executed before. */
  claim({ id, sequence }: RequestSlot): SqlStatement[] {
    const now = Date.now();
    const [text, yesterday] = [now, now - DAY_MS].map((time) => new Date(time).toISOString());
    const claim = { sql: CLAIM, args: [id, sequence, text ?? '', text ?? ''] };
    if (sequence > 1) return [claim];
    return [claim, { sql: 'DELETE FROM _os_request WHERE updated_at < ?', args: [yesterday ?? ''] }];
  }

  /** The database has no such table: the claim failed, and with it the whole write. */
  isMissing(error: unknown): boolean {
    const isMissing =
      ObjectStackError.isInstance(error) &&
      error.code === 'sql_error' &&
      /no such table: (main\.)?_os_request/.test(String(error.details.reason));
    if (isMissing) this.#absentUntil = performance.now() + ABSENT_FOR_MS;
    return isMissing;
  }
}

/** Reads the number of the last write that was executed in a slot. */
export const lastRequest = ({ id }: RequestSlot): SqlStatement => ({
  sql: 'SELECT sequence FROM _os_request WHERE id = ?',
  args: [id],
});

/** Whether a write was stopped because it had been executed before. */
export const isRepeated = (error: unknown): boolean =>
  ObjectStackError.isInstance(error) && error.details.guard === REPEATED;
