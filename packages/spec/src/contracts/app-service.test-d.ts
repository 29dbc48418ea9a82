import { describe, expectTypeOf, it } from 'vitest';
import type { InstalledApp } from '../system/installed-app.zod.js';
import type { IAppService, InstallFromRegistryOptions } from './app-service.js';

describe('IAppService', () => {
  it('accepts a request without its defaults', () => {
    expectTypeOf<{ tenantId: string; appId: string }>().toExtend<Parameters<IAppService['install']>[0]>();
    expectTypeOf<{ appId: string }>().not.toExtend<Parameters<IAppService['install']>[0]>();
  });

  it('takes whether to skip seed data from the request alone', () => {
    expectTypeOf<InstallFromRegistryOptions>().not.toHaveProperty('skipSeedData');
  });

  it('returns no secret of an installed app', () => {
    expectTypeOf<InstalledApp['secretSettings']>().toEqualTypeOf<string[]>();
    expectTypeOf<InstalledApp['settings']>().toEqualTypeOf<Record<string, string | number | boolean>>();
  });
});
