import { describe, expectTypeOf, it } from 'vitest';
import type {
  DatabaseProvider,
  SealedConnectionConfig,
  TenantConnectionConfig,
} from '../system/tenant.zod.js';
import type { IDataDriver } from './data-driver.js';
import type { DataPlane, DataPlaneDefaults, EmbeddedDataPlane } from './data-plane.js';
import type { ISchemaDiffService } from './schema-diff-service.js';
import type { ITursoPlatformService } from './turso-platform.js';

declare const plane: DataPlane;

describe('DataPlane', () => {
  it('has a platform service, a schema diff service and a driver factory', () => {
    expectTypeOf(plane.databaseProvider).toEqualTypeOf<DatabaseProvider>();
    expectTypeOf(plane.platform).toEqualTypeOf<ITursoPlatformService>();
    expectTypeOf(plane.schemaDiff).toEqualTypeOf<ISchemaDiffService>();
    expectTypeOf(plane.createDriver).returns.toEqualTypeOf<IDataDriver>();
  });

  it('rejects a sealed token where an unencrypted one is required', () => {
    expectTypeOf(plane.createDriver).parameter(0).toEqualTypeOf<TenantConnectionConfig>();
    expectTypeOf<SealedConnectionConfig>().not.toExtend<TenantConnectionConfig>();
    expectTypeOf<TenantConnectionConfig>().not.toExtend<SealedConnectionConfig>();
  });
});

describe('EmbeddedDataPlane', () => {
  it('is a data plane with defaults', () => {
    expectTypeOf<EmbeddedDataPlane>().toExtend<DataPlane>();
    expectTypeOf<DataPlane>().not.toExtend<EmbeddedDataPlane>();
    expectTypeOf<EmbeddedDataPlane['defaults']>().toEqualTypeOf<DataPlaneDefaults>();
  });
});
