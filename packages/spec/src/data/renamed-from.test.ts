import { describe, expect, it } from 'vitest';
import { RenamedFromSchema } from './renamed-from.zod.js';

describe('RenamedFromSchema', () => {
  it.each(['person', ['person'], ['contact', 'person', 'contact']])('accepts %j', (value) => {
    expect(RenamedFromSchema.parse(value)).toEqual(value);
  });

  it.each(['Person', '', 'sqlite_master', [], ['Person'], ['person', 1], null])('rejects %j', (value) => {
    expect(RenamedFromSchema.safeParse(value).success).toBe(false);
  });
});
