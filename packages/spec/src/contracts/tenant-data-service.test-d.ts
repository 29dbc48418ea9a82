import { describe, expectTypeOf, it } from 'vitest';
import type { TenantBackup } from '../system/tenant-backup.zod.js';
import type { ArchiveSource, ITenantDataService } from './tenant-data-service.js';

describe('ITenantDataService', () => {
  it('imports what it exports', () => {
    expectTypeOf<ReturnType<ITenantDataService['exportTenant']>>().toExtend<ArchiveSource>();
  });

  it('returns the backup that it made', () => {
    expectTypeOf<ITenantDataService['backupTenant']>().returns.resolves.toEqualTypeOf<TenantBackup>();
  });
});
