import { describe, expect, it } from 'vitest';
import { assertBaseSchema } from './assert-base-schema.js';

describe('assertBaseSchema', () => {
  const plan = { baseSchemaHash: 'a'.repeat(64) };

  it('accepts the schema that the plan was made for', () => {
    expect(() => assertBaseSchema(plan, { schemaHash: plan.baseSchemaHash })).not.toThrow();
  });

  it('refuses any other with both hashes', () => {
    const schemaHash = 'b'.repeat(64);
    expect(() => assertBaseSchema(plan, { schemaHash })).toThrow(
      expect.objectContaining({ code: 'plan_stale', details: { ...plan, schemaHash } }),
    );
  });
});
