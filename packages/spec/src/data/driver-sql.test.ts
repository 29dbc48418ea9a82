import { describe, expect, it } from 'vitest';
import { SQLDialectSchema } from './driver-sql.zod.js';

describe('SQLDialectSchema', () => {
  it('knows sqlite beside the dialects of others', () => {
    expect(SQLDialectSchema.options).toEqual(['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle', 'mariadb']);
  });

  it('refuses another spelling', () => {
    expect(SQLDialectSchema.safeParse('postgres').success).toBe(false);
  });
});
