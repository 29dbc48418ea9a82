import type { DataRecord } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import type { Work } from '../connection/run-call.js';
import { tableOf } from '../schema/schema.js';
import type { Position } from './order.js';
import { type Page, planRecords, readPage } from './record-plan.js';

const PAGE_SIZE = 500;

export interface StreamOptions {
  readonly object: string;
  readonly query: unknown;
  readonly signal: AbortSignal | undefined;
  /** Runs the work of one page. */
  readonly run: <T>(work: Work<T>) => Promise<T>;
}

interface Progress {
  readonly position: Position | undefined;
  readonly read: number;
}

/** The records of a query in pages, each of which is read when its first record is requested. */
export async function* streamRecords({
  object,
  query,
  signal,
  run,
}: StreamOptions): AsyncGenerator<DataRecord> {
  let progress: Progress | undefined;
  for (;;) {
    const { read = 0, position: last }: Partial<Progress> = progress ?? {};
    const page = await run(async (connection, schema) => {
      // Planned for each page, because its metadata can have changed.
      const plan = planRecords(schema, tableOf(schema, object), query);
      const limit = Math.min(PAGE_SIZE, plan.page.limit - read);
      const next: Page = progress ? { limit, offset: 0, after: last } : { ...plan.page, limit };
      return { ...(await readPage(connection, plan, next)), limit };
    });
    for (const record of page.records) {
      throwIfAborted(signal);
      yield record;
    }
    if (page.records.length < page.limit || page.limit === 0) return;
    progress = { position: page.position, read: read + page.records.length };
  }
}
