import type { DataRecord } from '@objectstack/spec/contracts';
import { type Cursor, cursorAfter, type QueryInput } from '@objectstack/spec/data';
import { randomFrom } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

const THING = object('thing', {
  name: { type: 'text' },
  size: { type: 'number' },
  open: { type: 'boolean' },
  parent: { type: 'lookup', reference: 'thing' },
  day: { type: 'date' },
  data: { type: 'json' },
});
const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);

async function filled(seed: number, count = 40) {
  const random = randomFrom(seed);
  const { driver } = await freshDatabase([THING]);
  const records = Array.from({ length: count }, (_, index) => ({
    id: `id-${random.below(1_000_000)}-${index}`,
    name: random.pick([null, 'a', 'b', 'B', 'é', '']),
    size: random.pick([null, 0, -1, 0.1 + 0.2, 1e21]),
    open: random.pick([null, true, false]),
  }));
  await driver.bulkCreate('thing', records);
  return { driver, random };
}

describe('paging by cursor', () => {
  it.each(SEEDS)('goes through every record once, in order (seed %i)', async (seed) => {
    const { driver, random } = await filled(seed);
    const fields = random.shuffle(['name', 'size', 'open', 'created_at', 'id']).slice(0, random.below(4));
    const orderBy = fields.map((field) => ({ field, order: random.pick(['asc', 'desc'] as const) }));
    const query: QueryInput = { orderBy, ...(random.chance(0.5) && { where: { open: { $ne: true } } }) };
    const all = await driver.find('thing', query);
    const limit = 1 + random.below(7);
    const pages: DataRecord[] = [];
    for (let cursor: Cursor | undefined; ; ) {
      const page = await driver.find('thing', { ...query, limit, ...(cursor && { cursor }) });
      pages.push(...page);
      const last = page.at(-1);
      if (!last) break;
      cursor = cursorAfter(last, orderBy);
    }
    expect(pages).toEqual(all);
    const streamed: DataRecord[] = [];
    for await (const record of driver.findStream('thing', query)) streamed.push(record);
    expect(streamed).toEqual(all);
  });

  it.each([
    [{ cursor: {} }, '/cursor/id'],
    [{ cursor: { id: 'x', name: 'a' } }, '/cursor/name'],
    [{ cursor: { id: 'x' }, orderBy: [{ field: 'name' }] }, '/cursor/name'],
    [{ cursor: { id: 'x', size: 'large' }, orderBy: [{ field: 'size' }] }, '/cursor/size'],
    [{ cursor: { id: 'x', day: '2026-01-01T00:00:00Z' }, orderBy: [{ field: 'day' }] }, '/cursor/day'],
    [{ cursor: { id: 'x' }, offset: 1 }, '/offset'],
    [{ cursor: 'x' }, '/cursor'],
    [{ cursor: { id: { $gt: 'x' } } }, '/cursor/id'],
  ])('refuses %j at its path', async (query, path) => {
    const { driver } = await filled(1, 1);
    await expect(driver.find('thing', query as QueryInput)).rejects.toMatchObject({
      code: 'invalid_query',
      details: { path },
    });
  });
});

describe('findStream', () => {
  it('honors limit, offset, fields and cursor over several pages', async () => {
    const { driver } = await filled(3, 1_203);
    const orderBy = [{ field: 'name' }, { field: 'size', order: 'desc' as const }];
    const all = await driver.find('thing', { orderBy, fields: ['open'] });
    const read = async (query: QueryInput) => {
      const records: DataRecord[] = [];
      for await (const record of driver.findStream('thing', query)) records.push(record);
      return records;
    };
    expect(await read({ orderBy, fields: ['open'] })).toEqual(all);
    expect(await read({ orderBy, fields: ['open'], limit: 700, offset: 100 })).toEqual(all.slice(100, 800));
    expect(await read({ limit: 0 })).toEqual([]);
    const [first] = await driver.find('thing', { limit: 1 });
    expect(await read({ cursor: { id: String(first?.id) } })).toHaveLength(1_202);
  });

  it('can be left, aborted, and read in a transaction', async () => {
    const { driver } = await filled(4, 600);
    for await (const record of driver.findStream('thing')) {
      await driver.update('thing', record.id, { name: 'seen' });
      break;
    }
    expect(await driver.count('thing', { where: { name: 'seen' } })).toBe(1);
    const controller = new AbortController();
    const reading = async () => {
      for await (const _ of driver.findStream('thing', {}, { signal: controller.signal })) controller.abort();
    };
    await expect(reading()).rejects.toMatchObject({ code: 'aborted' });
    const transaction = await driver.beginTransaction();
    await driver.create('thing', { name: 'inside' }, { transaction });
    let inside = 0;
    for await (const _ of driver.findStream('thing', {}, { transaction })) inside++;
    await driver.rollback(transaction);
    expect(inside).toBe(601);
  });
});

describe('explain', () => {
  it('shows the statement without its values, and the steps', async () => {
    const { driver } = await filled(1, 1);
    const { sql, steps } = await driver.explain('thing', { where: { id: 'secret' } });
    expect(sql).toContain('"id" is ?');
    expect(sql).not.toContain('secret');
    expect(steps.join()).toMatch(/SEARCH thing/);
    const groups = await driver.explain('thing', { groupBy: ['name'] });
    expect(groups.steps.length).toBeGreaterThan(0);
    await expect(driver.explain('thing', { where: { missing: 1 } })).rejects.toMatchObject({
      code: 'invalid_filter',
    });
  });
});
