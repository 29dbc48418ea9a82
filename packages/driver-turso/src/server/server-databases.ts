import type { ServerDatabase } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { ServerContext } from './server-context.js';

/** Changes of one record by other processes are rare; more than this many in a row are a fault. */
const MOST_ATTEMPTS = 50;

function contended(): ObjectStackError {
  return new ObjectStackError({
    code: 'database_busy',
    message: 'Other processes keep changing the configuration of the database. Retry later.',
    details: { attempts: MOST_ATTEMPTS },
  });
}

/** Changes records by compare-and-set, and sends them to their servers. */
export class ServerDatabases {
  readonly #context: ServerContext;

  constructor(context: ServerContext) {
    this.#context = context;
  }

  /**
   * Changes the record, whatever other processes change at the same time. Returns null if there is none, or if it is being
   * deleted and the change does not do so.
   */
  async change(name: string, change: Partial<ServerDatabase>): Promise<ServerDatabase | null> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const found = await this.#context.store.get(name);
      if (!found || (found.status === 'deleting' && change.status !== 'deleting')) return null;
      const updatedAt = new Date().toISOString();
      const record = { ...found, ...change, updatedAt, revision: found.revision + 1 };
      if (await this.#context.store.replace(record, found.revision)) return record;
    }
    throw contended();
  }

  /**
   * Sends the record to its server until the server has the latest one: a request of another process may arrive before
   * or after. Returns null if the database does not exist or is being deleted.
   */
  async apply(name: string, signal?: AbortSignal): Promise<ServerDatabase | null> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const record = await this.#context.store.get(name);
      if (!record || record.status === 'deleting') return null;
      const admin = await this.#context.adminOf(record);
      if (!(await admin.configure(record, signal))) return null;
      const applied = { ...record, status: 'ready', isApplied: true, revision: record.revision + 1 } as const;
      if (await this.#context.store.replace(applied, record.revision)) return applied;
    }
    throw contended();
  }
}
