import { describe, expect, it } from 'vitest';
import { ERROR_FACTS, ErrorDetailsSchema } from './error-facts.zod.js';

describe('ErrorDetailsSchema', () => {
  it('has every fact and keeps those of newer releases', () => {
    expect(Object.keys(ErrorDetailsSchema.shape)).toEqual(Object.keys(ERROR_FACTS));
    expect(ErrorDetailsSchema.parse({ floor: 3, rows: 1 })).toEqual({ floor: 3, rows: 1 });
  });

  it('rejects a fact of another type', () => {
    expect(ErrorDetailsSchema.safeParse({ rows: 'one' }).success).toBe(false);
  });
});
