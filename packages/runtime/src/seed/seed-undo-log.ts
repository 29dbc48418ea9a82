import type { DataRecord } from '@objectstack/spec/contracts';
import type { CreatedRecords } from './created-records.js';
import { exactColumns } from './exact-columns.js';
import { isEdited } from './preserves-edits.js';
import { type Retention, retain } from './retain-records.js';
import { quote, type RunSql } from './run-sql.js';
import { type StoredRow, toStoredRow } from './stored-row.js';

/** A record before a seed overwrote it. */
export interface Before {
  readonly row: StoredRow;
  /** Value of `updated_at` from the seed that created the record. */
  readonly origin?: { readonly deployment: string; readonly writtenAt: string };
}

const WRITTEN_AT = '_os_written_at';
const DEPLOYMENT = '_os_deployment';
const ORIGIN =
  'FROM _os_seed_record AS r WHERE r.object = ? AND r.record = CAST(o.id AS TEXT) AND r.created_at = o.created_at';

/** Records, for one chunk of a seed set, which records it created and what it overwrote. */
export class SeedUndoLog {
  readonly #sql: RunSql;
  readonly #of: Retention & { readonly object: string };
  readonly #noted: CreatedRecords;
  #columns: Promise<string> | undefined;
  readonly #created = new Set<string>();
  readonly #before = new Map<string, Before>();
  readonly #written = new Map<string, string>();

  constructor(sql: RunSql, of: Retention & { object: string }, noted: CreatedRecords) {
    this.#sql = sql;
    this.#of = of;
    this.#noted = noted;
  }

  #exactColumns(): Promise<string> {
    this.#columns ??= exactColumns(this.#sql, this.#of.object, 'o.');
    return this.#columns;
  }

  created(record: DataRecord): void {
    this.#created.add(record.id);
    this.#noted.add(this.#of.object, record);
  }

  /** Reads the record before a seed overwrites it. */
  async before(id: string): Promise<Before> {
    const { object } = this.#of;
    await this.#noted.noteBefore(object, id);
    const { rows } = await this.#sql(
      `SELECT ${await this.#exactColumns()}, (SELECT r.updated_at ${ORIGIN}) AS ${WRITTEN_AT}, (SELECT r.deployment ${ORIGIN}) AS ${DEPLOYMENT}
      FROM ${quote(object)} AS o WHERE o.id = ?`,
      [object, object, id],
    );
    const { [WRITTEN_AT]: writtenAt, [DEPLOYMENT]: deployment, ...row } = rows[0] ?? {};
    const origin = typeof writtenAt === 'string' && { deployment: String(deployment), writtenAt };
    return { row: toStoredRow(row), ...(origin && { origin }) };
  }

  /** Records the overwrite. The state before the deployment is what counts. */
  updated(record: DataRecord, before: Before): void {
    const isOwn = this.#created.has(record.id) || this.#written.has(record.id);
    if (!isOwn) this.#before.set(record.id, before);
    this.written(record);
  }

  /** Records that the seed has written the record, which it created or has overwritten before. */
  written(record: DataRecord): void {
    this.#written.set(record.id, String(record.updated_at));
  }

  /** Whether the record was changed outside of seeds, and the seed changed it again. */
  async isOverwritten(before: Before, id: string): Promise<boolean> {
    const { row } = before;
    if (!isEdited(before) || this.#before.get(id) !== before) return false;
    const after = (await this.before(id)).row;
    return Object.keys(row).some(
      (name) => name !== 'updated_at' && JSON.stringify(row[name]) !== JSON.stringify(after[name]),
    );
  }

  /** Stores the recorded changes, in the transaction of the records. */
  async flush(): Promise<void> {
    const known = await this.#known([...this.#before.keys()]);
    const retained = [...this.#before]
      .filter(([id]) => !known.has(id))
      .map(([record, before]) => ({ record, writtenAt: this.#written.get(record) ?? '', content: before }));
    await retain(this.#sql, { ...this.#of, kind: 'updated' }, retained);
    await this.#stamp();
  }

  /** Records whose original state an earlier chunk or call of the deployment has stored. */
  async #known(ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const { object, deployment } = this.#of;
    const { rows } = await this.#sql(
      `SELECT record FROM _os_seed_kept WHERE deployment = ? AND object = ? AND kind = 'updated'
      AND record IN (SELECT value FROM temp.json_each(?))`,
      [deployment, object, JSON.stringify(ids)],
    );
    return new Set(rows.map(({ record }) => String(record)));
  }

  async #stamp(): Promise<void> {
    if (this.#written.size === 0) return;
    await this.#noted.note();
    const { object, deployment } = this.#of;
    const list = JSON.stringify([...this.#written]);
    const from = `FROM (SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS at FROM temp.json_each(?)) AS w`;
    await this.#sql(
      `UPDATE _os_seed_record SET updated_at = w.at ${from} WHERE object = ? AND record = w.id`,
      [list, object],
    );
    await this.#sql(
      `UPDATE _os_seed_kept SET updated_at = w.at ${from}
      WHERE deployment = ? AND object = ? AND kind = 'updated' AND record = w.id`,
      [list, deployment, object],
    );
  }
}
