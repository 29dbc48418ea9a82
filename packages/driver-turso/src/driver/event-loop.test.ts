import { LIMITS } from '@objectstack/spec/shared';
import { longestGap } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

/**
 * Ten times of what is measured on an idle machine. Nearly all of it passes in the client's native calls, which cannot be
 * divided: binding the value, RETURNING it and reading it.
 */
const LONGEST_MS = 5_000;

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
});
