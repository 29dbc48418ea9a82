import { describe, expect, it } from 'vitest';
import { FIXTURES } from '../../test/fixtures/index.js';
import { ServerDatabaseSchema } from './server-database.zod.js';

describe('ServerDatabaseSchema', () => {
  it('accepts a private key only encrypted', () => {
    const [valid] = FIXTURES.ServerDatabaseSchema?.valid ?? [];
    expect(ServerDatabaseSchema.safeParse(valid).success).toBe(true);
    expect(ServerDatabaseSchema.safeParse({ ...Object(valid), signingKey: 'key' }).success).toBe(false);
  });
});
