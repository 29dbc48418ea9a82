import type { IDataDriver, ISchemaDiffService } from '@objectstack/spec/contracts';
import { notSupported } from '@objectstack/spec/shared';
import { readCurrentSchema } from '../schema/read-current-schema.js';
import { applyMigrations } from './apply/apply-migrations.js';
import { runPreflight } from './apply/run-preflight.js';
import { applyBaseline } from './baseline/apply-baseline.js';
import { planBaseline } from './baseline/plan-baseline.js';
import { diff } from './diff/diff.js';
import { findDrift } from './diff/drift/find-drift.js';
import { lint } from './diff/lint.js';
import { generateMigrations } from './plan/generate-migrations.js';
import { planMigrations } from './plan/plan-migrations.js';
import { verifyPlan } from './plan/verify-plan.js';
import { planRollback } from './rollback/plan-rollback.js';
import { eraseRetained, purgeRetained } from './rollback/purge-retained.js';
import { readHistory } from './rollback/read-history.js';
import { withSignal } from './with-signal.js';

const signalIn = (rest: readonly unknown[]): AbortSignal | undefined => {
  const options = rest.at(-1);
  const isSignalled = typeof options === 'object' && options !== null && 'signal' in options;
  return isSignalled && options.signal instanceof AbortSignal ? options.signal : undefined;
};

/**
 * The call with its abort signal passed to the driver. Rejects with `not_supported` if the driver cannot run
 * migrations.
 */
function atomically<A extends unknown[], R>(
  call: (driver: IDataDriver, ...rest: A) => Promise<R>,
): (driver: IDataDriver, ...rest: A) => Promise<R> {
  return async (driver, ...rest) => {
    const { migrations, sqlDialect } = driver.supports;
    if (!migrations) throw notSupported('migrations', driver.name);
    if (sqlDialect !== 'sqlite') throw notSupported('dialect', sqlDialect ?? driver.name);
    return call(withSignal(driver, signalIn(rest)), ...rest);
  };
}

/** Schema diff and migrations for SQLite and libSQL, with any driver that declares `migrations` in the dialect `sqlite`. */
export const createSqliteSchemaDiff = (): ISchemaDiffService => ({
  diff,
  generateMigrations,
  planMigrations,
  readPlan: verifyPlan,
  lint,
  findDrift,
  introspect: atomically(readCurrentSchema),
  runPreflight: atomically(runPreflight),
  applyMigrations: atomically(applyMigrations),
  readHistory: atomically(readHistory),
  planRollback: atomically(planRollback),
  purgeRetained: atomically(purgeRetained),
  eraseRetained: atomically(eraseRetained),
  planBaseline: atomically(planBaseline),
  applyBaseline: atomically(applyBaseline),
});
