import type { SqlValue } from '@objectstack/spec/contracts';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';
import { exactColumns } from './exact-columns.js';
import { byObject, type ClearedReference, type Removal } from './find-removal.js';
import { AMONG, quote, type RunSql } from './run-sql.js';
import { forgetCreated, seedOriginsOf } from './seed-records.js';
import { StoredRowSchema, toStoredRow } from './stored-row.js';

const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 500;

/** What a seed removed or overwrote, as it was. */
export const RetainedContentSchema = z.object({
  /** The whole row; of a lookup that was emptied, its columns. */
  row: StoredRowSchema,
  /** Set where a seed had created the record. */
  origin: z.object({ deployment: z.string(), writtenAt: z.string() }).optional(),
  /** Of a lookup that was emptied: what it referred to. */
  target: z.object({ object: z.string(), columns: z.array(z.string()) }).optional(),
});
export type RetainedContent = z.infer<typeof RetainedContentSchema>;

export type RetainedKind = 'removed' | 'updated' | 'reference';

interface RetainedRecord {
  readonly record: string;
  /** Value of `updated_at` that the seed gave the record; empty where it removed it. */
  readonly writtenAt: string;
  readonly content: RetainedContent;
}

/** Deployment on whose behalf something is retained, and for how long. */
export interface Retention {
  readonly deployment: string;
  readonly retentionDays: number;
}

/** Retains what a seed is about to remove or has overwritten. */
export async function retain(
  sql: RunSql,
  { deployment, retentionDays, object, kind }: Retention & { object: string; kind: RetainedKind },
  all: readonly RetainedRecord[],
): Promise<void> {
  const now = Date.now();
  const [at, until] = [now, now + retentionDays * DAY_MS].map((time) => new Date(time).toISOString());
  for (let start = 0; start < all.length; start += ROWS_AT_ONCE) {
    const part = all.slice(start, start + ROWS_AT_ONCE);
    const rows = part.map(({ record, writtenAt, content }) => [
      uuidv7(),
      record,
      writtenAt,
      JSON.stringify(content),
    ]);
    await sql(
      `INSERT INTO _os_seed_kept (id, record, updated_at, content, created_at, expires_at, deployment, object, kind)
      SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]'), ?, ?, ?, ?, ?
      FROM temp.json_each(?)`,
      [at ?? '', until ?? '', deployment, object, kind, JSON.stringify(rows)],
    );
  }
}

async function retainRemoved(sql: RunSql, retention: Retention, object: string, ids: readonly string[]) {
  const columns = await exactColumns(sql, object);
  for (let start = 0; start < ids.length; start += ROWS_AT_ONCE) {
    const part = ids.slice(start, start + ROWS_AT_ONCE);
    const origins = await seedOriginsOf(sql, object, part);
    const { rows } = await sql(`SELECT ${columns} FROM ${quote(object)} WHERE id ${AMONG}`, [
      JSON.stringify(part),
    ]);
    const retained = rows.map((row): RetainedRecord => {
      const origin = origins.get(String(row.id));
      return {
        record: String(row.id),
        writtenAt: '',
        content: { row: toStoredRow(row as Record<string, SqlValue>), ...(origin && { origin }) },
      };
    });
    await retain(sql, { ...retention, object, kind: 'removed' }, retained);
    await forgetCreated(sql, object, part);
  }
}

const toRetainedReference = ({ record, target, references, values }: ClearedReference): RetainedRecord => ({
  record,
  writtenAt: '',
  content: { row: toStoredRow(values), target: { object: target, columns: [...references] } },
});

/** Retains removed rows and the values of emptied lookups, in the transaction that removes them. */
export async function retainRemoval(sql: RunSql, retention: Retention, removal: Removal): Promise<void> {
  for (const [object, ids] of removal.removed) await retainRemoved(sql, retention, object, [...ids]);
  for (const [object, cleared] of byObject(removal.cleared))
    await retain(sql, { ...retention, object, kind: 'reference' }, cleared.map(toRetainedReference));
}
