import type { IServerDatabaseStore, ServerDatabase } from '@objectstack/spec/contracts';
import { parseServerDatabase } from '@objectstack/spec/system';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { guardedPool } from './guarded-pool.js';
import { type PostgresOptions, poolSourceOf } from './pool-source.js';

const TABLE = '_os_control_server_database';
const INDEX = `${TABLE}_server`;
/** Any number that no other program is likely to lock in the same database. */
const CREATION_LOCK = 7_203_104_882;

interface Tables {
  [TABLE]: { name: string; server_id: string; revision: number; record: string };
}

const toRow = (record: ServerDatabase) => ({
  name: record.name,
  server_id: record.serverId,
  revision: record.revision,
  record: JSON.stringify(record),
});

/** Several processes may create the table at once, which PostgreSQL would refuse to all but one of them. */
async function createTable(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(CREATION_LOCK)})`.execute(transaction);
    const text = sql`text collate "C"`;
    await transaction.schema
      .createTable(TABLE)
      .ifNotExists()
      .addColumn('name', text, (column) => column.primaryKey().notNull())
      .addColumn('server_id', text, (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('record', 'text', (column) => column.notNull())
      .execute();
  });
}

/**
 * Each new database is created on the server with the fewest: with the index, counting does not read the records. Without it
 * the store works, too, and a user that does not own the table cannot create it. Creating it locks the table even if it exists.
 */
async function createIndex(db: Kysely<Tables>): Promise<void> {
  const found = sql<{ index: string | null }>`select to_regclass(${INDEX})::text as index`;
  if ((await found.execute(db)).rows[0]?.index !== null) return;
  await db.schema.createIndex(INDEX).ifNotExists().on(TABLE).column('server_id').execute();
}

/** Records of databases on libSQL servers, with the method that releases their connections. */
export interface PostgresServerDatabases extends IServerDatabaseStore {
  /** Releases the connections. Idempotent. */
  close(): Promise<void>;
}

function storeOn(ready: () => Promise<Kysely<Tables>>): IServerDatabaseStore {
  return {
    async add(record) {
      const { numInsertedOrUpdatedRows } = await (await ready())
        .insertInto(TABLE)
        .values(toRow(record))
        .onConflict((conflict) => conflict.column('name').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    async get(name) {
      const query = (await ready()).selectFrom(TABLE).select('record').where('name', '=', name);
      const row = await query.executeTakeFirst();
      return row ? parseServerDatabase(row.record, TABLE) : null;
    },
    async list() {
      const rows = await (await ready()).selectFrom(TABLE).select('record').orderBy('name').execute();
      return rows.map(({ record }) => parseServerDatabase(record, TABLE));
    },
    async countByServer() {
      const rows = await (await ready())
        .selectFrom(TABLE)
        .select((eb) => ['server_id', eb.fn.countAll().as('count')])
        .groupBy('server_id')
        .execute();
      return Object.fromEntries(rows.map(({ server_id, count }) => [server_id, Number(count)]));
    },
    async replace(record, revision) {
      const { numUpdatedRows } = await (await ready())
        .updateTable(TABLE)
        .set(toRow(record))
        .where('name', '=', record.name)
        .where('revision', '=', revision)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async remove(name, revision) {
      const { numDeletedRows } = await (await ready())
        .deleteFrom(TABLE)
        .where('name', '=', name)
        .where('revision', '=', revision)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
  };
}

/**
 * Records of the databases on libSQL servers, beside a registry on PostgreSQL 14 or newer: the `store` of `libsqlServer`. The
 * table is created by the first call. Throws `configuration_incomplete` and `configuration_invalid`; every method may reject
 * with `database_unreachable` and `request_timeout`.
 */
export function postgresServerDatabases(options: PostgresOptions): PostgresServerDatabases {
  const { open, close } = poolSourceOf('postgresServerDatabases', options);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guardedPool(open) }) });
  let created: Promise<Kysely<Tables>> | undefined;
  const create = async () => {
    await createTable(db);
    await createIndex(db).catch(() => undefined);
    return db;
  };
  const ready = () => {
    created ??= create();
    created.catch(() => {
      created = undefined;
    });
    return created;
  };
  return { ...storeOn(ready), close };
}
