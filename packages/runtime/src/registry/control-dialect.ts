import type { SqlDatabase, SqlTransaction, SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

class ControlConnection implements DatabaseConnection {
  readonly #database: SqlDatabase;
  #transaction: SqlTransaction | null = null;

  constructor(database: SqlDatabase) {
    this.#database = database;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const target = this.#transaction ?? this.#database;
    const result = await target.execute({ sql, args: parameters as readonly SqlValue[] });
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowsAffected) };
  }

  streamQuery(): never {
    throw new ObjectStackError({
      code: 'internal',
      message: 'The control database does not support streaming. Read all rows at once.',
    });
  }

  async begin(): Promise<void> {
    this.#transaction = await this.#database.begin();
  }

  async commit(): Promise<void> {
    await this.#transaction?.commit();
    this.#transaction = null;
  }

  async rollback(): Promise<void> {
    await this.#transaction?.rollback();
    this.#transaction = null;
  }
}

class ControlDriver implements Driver {
  readonly #database: SqlDatabase;

  constructor(database: SqlDatabase) {
    this.#database = database;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<ControlConnection> {
    return new ControlConnection(this.#database);
  }

  beginTransaction(connection: ControlConnection): Promise<void> {
    return connection.begin();
  }

  commitTransaction(connection: ControlConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: ControlConnection): Promise<void> {
    return connection.rollback();
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

/** Kysely dialect for any implementation of the database port. The opener of the database closes it. */
export function controlDialect(database: SqlDatabase): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ControlDriver(database),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
