import type {
  AtomicOptions,
  DriverOptions,
  SqlResult,
  SqlStatement,
  SqlValue,
} from '@objectstack/spec/contracts';
import { runStepsInTurns, type Steps } from '@objectstack/spec/shared';
import {
  assertPlainAt,
  assertPlainInside,
  assertPlainStatement,
} from '../connection/assert-plain-statement.js';
import { assertObjects } from './assert-arguments.js';
import type { DriverSession } from './driver-session.js';
import { explainAtomic } from './explain-atomic.js';
import { withTypedErrors } from './with-typed-errors.js';

function* assertAllPlain(statements: readonly SqlStatement[], mode: AtomicOptions['mode']): Steps<void> {
  for (const [index, statement] of statements.entries()) {
    assertPlainAt(statement, index, mode);
    yield;
  }
}

/** Runs the caller's own SQL in a session. */
export class RawCalls {
  readonly #session: DriverSession;

  constructor(session: DriverSession) {
    this.#session = session;
  }

  async isReachable(): Promise<boolean> {
    if (!this.#session.isConnected) return false;
    const executor = this.#session.executor({});
    return executor.execute({ sql: 'SELECT 1' }).then(
      () => true,
      () => false,
    );
  }

  execute(sql: string, args: readonly SqlValue[], options: DriverOptions): Promise<SqlResult> {
    return withTypedErrors(async () => {
      const executor = this.#session.executor(options);
      const statement = { sql, args };
      if (options.transaction) {
        assertPlainInside(statement);
        return executor.execute(statement);
      }
      assertPlainStatement(statement);
      const request = { ...this.#session.request(options.signal), foreignKeys: 'on', mode: 'write' } as const;
      const ran = { statements: [statement], request };
      return explainAtomic(this.#session, ran, () => executor.execute(statement));
    });
  }

  executeAtomic(statements: readonly SqlStatement[], options: AtomicOptions): Promise<SqlResult[]> {
    return withTypedErrors(() => this.#executeAtomic(statements, options));
  }

  async #executeAtomic(statements: readonly SqlStatement[], options: AtomicOptions) {
    this.#session.assertCallable(options);
    assertObjects(statements, '/statements');
    const { foreignKeys = 'on', mode = 'write', signal } = options;
    await runStepsInTurns(assertAllPlain(statements, mode), signal);
    const request = { ...this.#session.request(signal), foreignKeys, mode };
    return explainAtomic(this.#session, { statements, request }, () =>
      this.#session.atomic(statements, request),
    );
  }
}
