import type { DriverOptions, SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import type { ObjectModel } from './object-model.js';
import type { ReadStatement } from './read-statement.js';

/** Runs statements: in a transaction of their own, or in one that is open. */
export interface Executor {
  read(statement: ReadStatement): Promise<SqlResult>;
  /** One write. */
  execute(statement: SqlStatement): Promise<SqlResult>;
  /** All or none. */
  atomic(statements: readonly SqlStatement[]): Promise<SqlResult[]>;
}

/** What a single write needs. */
export interface WriteContext {
  readonly executor: Executor;
  readonly model: ObjectModel;
  readonly options: DriverOptions;
}
