import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import { quote } from '../schema/quote.js';

/** A nested transaction, implemented as a savepoint: it can be rolled back without the outer transaction. */
export class NestedTransaction implements SqlTransaction {
  readonly #outer: SqlTransaction;
  readonly #name: string;

  constructor(outer: SqlTransaction, id: string) {
    this.#outer = outer;
    this.#name = quote(`_os_${id}`);
  }

  async begin(): Promise<void> {
    await this.#outer.execute({ sql: `SAVEPOINT ${this.#name}` });
  }

  execute(statement: SqlStatement): Promise<SqlResult> {
    return this.#outer.execute(statement);
  }

  async commit(): Promise<void> {
    await this.#outer.execute({ sql: `RELEASE ${this.#name}` });
  }

  async rollback(): Promise<void> {
    await this.#outer.execute({ sql: `ROLLBACK TO ${this.#name}` });
    await this.commit();
  }
}
