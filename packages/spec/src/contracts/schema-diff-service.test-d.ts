import { describe, expectTypeOf, it } from 'vitest';
import type { SQLDialect } from '../data/driver-sql.zod.js';
import type { ObjectDefinition } from '../data/object.zod.js';
import type { DeployDiff } from '../system/deploy-diff.zod.js';
import type { MigrationPlan } from '../system/migration-plan.zod.js';
import type { CurrentSchema, MigrationResult } from '../system/schema.zod.js';
import type { IDataDriver } from './data-driver.js';
import type { AbortOptions } from './driver-call.js';
import type { DiffOptions } from './rollback-source.js';
import type { GenerateMigrationsOptions, PlanMigrationsOptions } from './schema-diff-options.js';
import type { ISchemaDiffService } from './schema-diff-service.js';

/** The signatures in the protocol issue. */
interface Asked {
  introspect(driver: IDataDriver): Promise<CurrentSchema>;
  diff(current: CurrentSchema, desired: ObjectDefinition[]): DeployDiff;
  generateMigrations(diff: DeployDiff, dialect: SQLDialect): MigrationPlan;
  applyMigrations(driver: IDataDriver, plan: MigrationPlan): Promise<MigrationResult>;
}

describe('ISchemaDiffService', () => {
  it("matches the protocol's signatures", () => {
    expectTypeOf<ISchemaDiffService>().toExtend<Asked>();
    expectTypeOf<Asked>().toExtend<Pick<ISchemaDiffService, keyof Asked>>();
    expectTypeOf<Exclude<keyof ISchemaDiffService, keyof Asked>>().toEqualTypeOf<
      | 'runPreflight'
      | 'planMigrations'
      | 'readPlan'
      | 'readHistory'
      | 'planRollback'
      | 'purgeRetained'
      | 'eraseRetained'
      | 'lint'
      | 'findDrift'
      | 'planBaseline'
      | 'applyBaseline'
    >();
  });

  it('diffs and plans synchronously', () => {
    expectTypeOf<ISchemaDiffService['diff']>().returns.toEqualTypeOf<DeployDiff>();
    expectTypeOf<ISchemaDiffService['generateMigrations']>().returns.toEqualTypeOf<MigrationPlan>();
  });

  it('plans and reads plans asynchronously, with a signal', () => {
    expectTypeOf<ISchemaDiffService['planMigrations']>().returns.toEqualTypeOf<Promise<MigrationPlan>>();
    expectTypeOf<ISchemaDiffService['readPlan']>().returns.toEqualTypeOf<Promise<MigrationPlan>>();
    expectTypeOf<PlanMigrationsOptions>().toExtend<DiffOptions & GenerateMigrationsOptions & AbortOptions>();
    expectTypeOf<DiffOptions & GenerateMigrationsOptions & AbortOptions>().toExtend<PlanMigrationsOptions>();
    expectTypeOf<Parameters<ISchemaDiffService['planMigrations']>[2]>().toEqualTypeOf<
      PlanMigrationsOptions | undefined
    >();
    expectTypeOf<Parameters<ISchemaDiffService['readPlan']>[1]>().toEqualTypeOf<AbortOptions | undefined>();
  });
});
