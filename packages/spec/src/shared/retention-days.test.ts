import { describe, expect, it } from 'vitest';
import { RETENTION_DAYS } from './retention-days.js';

describe('RETENTION_DAYS', () => {
  it('ends in a year of four digits', () => {
    const end = new Date(Date.UTC(2100, 0, 1) + RETENTION_DAYS.most * 86_400_000);
    expect(end.getUTCFullYear()).toBeLessThan(10_000);
    expect(RETENTION_DAYS.default).toBeLessThan(RETENTION_DAYS.most);
  });
});
