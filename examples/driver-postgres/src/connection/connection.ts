import type { SqlValue } from '@objectstack/spec/contracts';
import type pg from 'pg';
import type { Schema } from '../schema/schema.js';
import type { Sql } from './sql.js';
import { toDriverError } from './to-driver-error.js';
import { VALUE_TYPES } from './value-types.js';

export interface Rows {
  readonly rows: Readonly<Record<string, SqlValue>>[];
  /** Number of rows that the statement returned or changed. */
  readonly count: number;
  /** The kind of the statement, for example SELECT. */
  readonly command: string;
}

const toRows = ({ rows, rowCount, command }: pg.QueryResult): Rows => ({
  rows,
  count: rowCount ?? 0,
  command,
});

/** Statements of one connection. Errors are those of the contract. */
export class Connection {
  readonly #client: pg.PoolClient;
  /** Constraints that errors can name. */
  constraints: Schema['constraints'] = new Map();
  #mustClose = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  /** Whether the connection cannot be used again. */
  get mustClose(): boolean {
    return this.#mustClose;
  }

  closeAtEnd(): void {
    this.#mustClose = true;
  }

  /** Runs exactly one statement. */
  query({ text, values }: Pick<Sql, 'text' | 'values'>): Promise<Rows> {
    return this.#run({ text, values: [...values], queryMode: 'extended' }, false);
  }

  /** Runs a statement that deletes records: a violated foreign key is that of another record. */
  remove({ text, values }: Sql): Promise<Rows> {
    return this.#run({ text, values: [...values] }, true);
  }

  /** Runs statements without values in one request. Returns the result of the last one. */
  script(text: string): Promise<Rows> {
    return this.#run({ text }, false);
  }

  async #run(config: pg.QueryConfig & { queryMode?: 'extended' }, isDelete: boolean): Promise<Rows> {
    try {
      const result: pg.QueryResult | pg.QueryResult[] = await this.#client.query({
        ...config,
        types: VALUE_TYPES as pg.CustomTypesConfig,
      });
      return toRows(Array.isArray(result) ? (result.at(-1) as pg.QueryResult) : result);
    } catch (error) {
      throw toDriverError(error, { constraints: this.constraints, isDelete });
    }
  }
}
