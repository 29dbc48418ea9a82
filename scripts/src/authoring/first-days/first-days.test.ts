import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersOf, pointsOf } from './answers-of.js';
import { FIRST_DAYS } from './first-days.js';
import { openShop, type Shop } from './shop.js';

let folder: string;
let shop: Shop;
let points = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'objectstack-'));
  shop = await openShop(folder);
});
afterAll(async () => {
  await shop.os.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the answer to a mistake of the first days', () => {
  it.each(FIRST_DAYS)('has code, place and hint: $what', async (mistake) => {
    const answers = await answersOf(mistake, shop);
    const reached = pointsOf(mistake, answers);
    points += reached;
    const [possible, because = ''] = mistake.atMost ?? [3];
    expect({ points: reached, answers }, because).toMatchObject({ points: possible });
  });

  it('is worth at least 255 of 270 points', () => {
    console.log(`Answers to ${FIRST_DAYS.length} mistakes: ${points} of ${3 * FIRST_DAYS.length} points.`);
    expect(FIRST_DAYS).toHaveLength(90);
    expect(points).toBeGreaterThanOrEqual(255);
  });
});
