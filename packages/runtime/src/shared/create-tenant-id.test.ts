import { describe, expect, it } from 'vitest';
import { createTenantId, databaseNameOf } from './create-tenant-id.js';

describe('createTenantId', () => {
  it('returns 26 characters of lowercase base32', () => {
    for (let count = 0; count < 1_000; count++) expect(createTenantId()).toMatch(/^[a-z2-7]{26}$/);
  });

  it('never returns an id twice, and uses every character in every position', () => {
    const ids = Array.from({ length: 2_000 }, createTenantId);
    expect(new Set(ids).size).toBe(ids.length);
    for (let place = 0; place < 25; place++) {
      expect(new Set(ids.map((id) => id.charAt(place))).size).toBe(32);
    }
    expect(new Set(ids.map((id) => id.charAt(25))).size).toBe(8);
  });
});

describe('databaseNameOf', () => {
  it('derives the name from the id alone', () => {
    expect(databaseNameOf('abc')).toBe('t-abc');
  });
});
