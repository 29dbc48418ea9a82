import type { DriverOptions, SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import type { ObjectModel } from './object-model.js';
import type { ReadStatement } from './read-statement.js';

/** Runs statements in a transaction of their own or in an open one. */
export interface Executor {
  read(statement: ReadStatement): Promise<SqlResult>;
  /** Runs one statement. */
  execute(statement: SqlStatement): Promise<SqlResult>;
  /** Runs all statements or none. */
  atomic(statements: readonly SqlStatement[]): Promise<SqlResult[]>;
}

/** Dependencies of a single write. */
export interface WriteContext {
  readonly executor: Executor;
  readonly model: ObjectModel;
  readonly options: DriverOptions;
}
