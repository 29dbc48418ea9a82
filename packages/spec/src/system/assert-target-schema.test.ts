import { describe, expect, it } from 'vitest';
import { assertTargetSchema } from './assert-target-schema.js';

describe('assertTargetSchema', () => {
  const plan = { targetSchemaHash: 'a'.repeat(64) };

  it('accepts the schema that the plan leads to', () => {
    expect(() => assertTargetSchema(plan, { schemaHash: plan.targetSchemaHash })).not.toThrow();
  });

  it('refuses any other with both hashes', () => {
    const schemaHash = 'b'.repeat(64);
    expect(() => assertTargetSchema(plan, { schemaHash })).toThrow(
      expect.objectContaining({ code: 'schema_mismatch', details: { ...plan, schemaHash } }),
    );
  });
});
