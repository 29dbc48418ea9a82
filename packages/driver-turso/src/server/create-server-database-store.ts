import type { IServerDatabaseStore, SqlDatabase } from '@objectstack/spec/contracts';
import { parseServerDatabase } from '@objectstack/spec/system';

const TABLE = '_os_control_server_database';
const CREATE = `CREATE TABLE IF NOT EXISTS ${TABLE} (
  name TEXT PRIMARY KEY, server_id TEXT NOT NULL, revision INTEGER NOT NULL, record TEXT NOT NULL) WITHOUT ROWID`;
/** Each new database is created on the server with the fewest: with the index, counting does not read the records. */
const CREATE_INDEX = `CREATE INDEX IF NOT EXISTS ${TABLE}_server ON ${TABLE} (server_id)`;

const parse = (text: unknown) => parseServerDatabase(String(text), TABLE);

/** Records of databases on libSQL servers, in a libSQL database, for example the control database of a runtime. */
export function createServerDatabaseStore(database: SqlDatabase): IServerDatabaseStore {
  const create = async () => {
    await database.execute({ sql: CREATE });
    // Without it the store works, too, for example in a database that can only be read.
    await database.execute({ sql: CREATE_INDEX }).catch(() => undefined);
  };
  let created: Promise<void> | undefined;
  const run = async (sql: string, ...args: (string | number)[]) => {
    created ??= create();
    try {
      await created;
    } catch (error) {
      created = undefined;
      throw error;
    }
    return database.execute({ sql, args });
  };
  return {
    async add(record) {
      const { rowsAffected } = await run(
        `INSERT INTO ${TABLE} (name, server_id, revision, record) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING`,
        ...[record.name, record.serverId, record.revision, JSON.stringify(record)],
      );
      return rowsAffected === 1;
    },
    async get(name) {
      const { rows } = await run(`SELECT record FROM ${TABLE} WHERE name = ?`, name);
      return rows[0] ? parse(rows[0].record) : null;
    },
    async list() {
      const { rows } = await run(`SELECT record FROM ${TABLE} ORDER BY name`);
      return rows.map(({ record }) => parse(record));
    },
    async countByServer() {
      const { rows } = await run(`SELECT server_id, count(*) AS n FROM ${TABLE} GROUP BY server_id`);
      return Object.fromEntries(rows.map(({ server_id, n }) => [String(server_id), Number(n)]));
    },
    async replace(record, revision) {
      const { rowsAffected } = await run(
        `UPDATE ${TABLE} SET server_id = ?, revision = ?, record = ? WHERE name = ? AND revision = ?`,
        ...[record.serverId, record.revision, JSON.stringify(record), record.name, revision],
      );
      return rowsAffected === 1;
    },
    async remove(name, revision) {
      const { rowsAffected } = await run(
        `DELETE FROM ${TABLE} WHERE name = ? AND revision = ?`,
        name,
        revision,
      );
      return rowsAffected === 1;
    },
  };
}
