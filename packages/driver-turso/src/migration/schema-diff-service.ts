import type { IDataDriver, ISchemaDiffService } from '@objectstack/spec/contracts';
import { notSupported } from '@objectstack/spec/shared';
import { withSignal } from '../driver/with-signal.js';
import { introspect } from '../schema/introspect.js';
import { applyMigrations } from './apply-migrations.js';
import { diff } from './diff.js';
import { findDrift } from './find-drift.js';
import { generateMigrations } from './generate-migrations.js';
import { eraseKept, sweepKept } from './kept-values.js';
import { lint } from './lint.js';
import { planRollback } from './plan-rollback.js';
import { readHistory } from './read-history.js';
import { runPreflight } from './run-preflight.js';

const signalIn = (rest: readonly unknown[]): AbortSignal | undefined => {
  const options = rest.at(-1);
  const isSignalled = typeof options === 'object' && options !== null && 'signal' in options;
  return isSignalled && options.signal instanceof AbortSignal ? options.signal : undefined;
};

/** The same call, refused where the driver runs no atomic statements; a signal in its options is in all that it does. */
function atomically<A extends unknown[], R>(
  call: (driver: IDataDriver, ...rest: A) => Promise<R>,
): (driver: IDataDriver, ...rest: A) => Promise<R> {
  return async (driver, ...rest) => {
    if (!driver.supports.migrations) throw notSupported('migrations', driver.name);
    return call(withSignal(driver, signalIn(rest)), ...rest);
  };
}

/** Schema diff and migrations for SQLite and libSQL, through any driver that has `executeAtomic`. */
export const createSqliteSchemaDiff = (): ISchemaDiffService => ({
  diff,
  generateMigrations,
  lint,
  findDrift,
  introspect: atomically(introspect),
  runPreflight: atomically(runPreflight),
  applyMigrations: atomically(applyMigrations),
  readHistory: atomically(readHistory),
  planRollback: atomically(planRollback),
  sweepKept: atomically(sweepKept),
  eraseKept: atomically(eraseKept),
});
