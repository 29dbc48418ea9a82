import { describe, expect, it } from 'vitest';
import { DatabaseProviderEnum, TenantIsolationLevel } from './tenant-isolation.zod.js';

describe('TenantIsolationLevel', () => {
  it('has the three levels of the protocol', () => {
    expect(TenantIsolationLevel.options).toEqual(['shared_schema', 'isolated_schema', 'isolated_db']);
  });
});

describe('DatabaseProviderEnum', () => {
  it('has the three providers of the protocol', () => {
    expect(DatabaseProviderEnum.options).toEqual(['turso', 'postgres', 'memory']);
  });
});
