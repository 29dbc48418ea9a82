import { LIMITS } from '@objectstack/spec/shared';
import { longestGap } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

/**
 * Ten times of what is measured on an idle machine. Nearly all of it passes in the client's native calls, which cannot be
 * divided: binding the value, RETURNING it and reading it.
 */
const LONGEST_MS = 5_000;

const FOUND = 50_000;
const EXPANDED = 10_000;

describe('the event loop', () => {
  it.each([
    ['of one byte a character', 'x'.repeat(LIMITS.maxValueBytes)],
    ['of two bytes a character', 'é'.repeat(LIMITS.maxValueBytes / 2)],
  ])('is not held up for long by a value as large as may be, %s', async (what, body) => {
    const { driver } = await freshDatabase([object('note', { body: { type: 'textarea' } })]);
    const written = await longestGap(`writing a value ${what}`, () => driver.create('note', { body }));
    const read = await longestGap(`reading a value ${what}`, () =>
      driver.findOne('note', { where: { id: written.value.id } }),
    );
    expect(read.value?.body).toBe(body);
    for (const { gapMs } of [written, read]) expect(gapMs).toBeLessThan(LONGEST_MS);
  });

  it('is not held up for long by many records and their lookups', { timeout: 120_000 }, async () => {
    const author = object('author', { name: { type: 'text' } });
    const book = object('book', { name: { type: 'text' }, author: { type: 'lookup', reference: 'author' } });
    const { driver } = await freshDatabase([author, book]);
    const numbers = (count: number) =>
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) INSERT INTO`;
    const at = "'2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'";
    await driver.execute(
      `${numbers(EXPANDED)} author (id, created_at, updated_at, name) SELECT 'a' || i, ${at}, 'x' FROM n`,
    );
    await driver.execute(
      `${numbers(FOUND)} book (id, created_at, updated_at, name, author) SELECT 'b' || i, ${at}, 'y', 'a' || (1 + i % ${EXPANDED}) FROM n`,
    );
    const found = await longestGap(`reading ${FOUND} records`, () => driver.find('book'));
    const expanded = await longestGap(`expanding ${EXPANDED} lookups`, () =>
      driver.find('book', { limit: EXPANDED, expand: { author: {} } }),
    );
    expect(found.value).toHaveLength(FOUND);
    expect(new Set(expanded.value.map(({ author }) => (author as { name: string }).name))).toEqual(
      new Set(['x']),
    );
    expect(expanded.value).toHaveLength(EXPANDED);
    for (const { gapMs } of [found, expanded]) expect(gapMs).toBeLessThan(LONGEST_MS);
  });
});
