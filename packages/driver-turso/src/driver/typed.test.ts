import { defineObject } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';
import { typed } from './typed.js';

const thing = defineObject({
  name: 'thing',
  fields: { name: { type: 'text', required: true, unique: true }, size: { type: 'number' } },
});

describe('typed', () => {
  it('does what the driver does', async () => {
    const { driver } = await freshDatabase([object('thing', thing.fields)]);
    const { thing: things } = typed(driver, { objects: [thing] });
    const { id } = await things.create({ name: 'a', size: 1 });
    expect(await things.findOne({ where: { name: 'a' }, fields: ['size'] })).toEqual({ id, size: 1 });
    expect(await things.update(id, { size: 2 })).toMatchObject({ name: 'a', size: 2 });
    expect(await things.upsert({ name: 'a', size: 3 }, ['name'])).toMatchObject({ id, size: 3 });
    const made = await things.bulkCreate([{ name: 'b' }, { name: 'c' }]);
    await things.bulkUpdate(made.map((record) => ({ id: record.id, data: { size: 9 } })));
    expect(await things.count({ where: { $or: [{ size: 9 }, { size: { $lt: 0 } }] } })).toBe(2);
    expect(
      await things.values({ aggregations: [{ function: 'sum', field: 'size', alias: 'total' }] }),
    ).toEqual([{ total: 21 }]);
    const streamed: string[] = [];
    for await (const { name } of things.findStream({ orderBy: [{ field: 'name', order: 'desc' }] }))
      streamed.push(name);
    expect(streamed).toEqual(['c', 'b', 'a']);
    expect(await things.updateMany({ where: { size: 9 } }, { size: 0 })).toBe(2);
    expect(await things.deleteMany({ where: { size: 0 } })).toBe(2);
    expect(await things.delete(id)).toBe(true);
    await things.bulkDelete([id]);
    expect(await things.find()).toEqual([]);
  });

  it('has nothing but the objects, so that it can be awaited and returned', async () => {
    const { driver } = await freshDatabase();
    const db = typed(driver, { objects: [thing] });
    expect(Object.keys(db)).toEqual(['thing']);
    expect(await Promise.resolve(db)).toBe(db);
    expect(typed(driver, {} as never)).toEqual({});
  });
});
