import { describe, expect, it } from 'vitest';
import { DriverCapabilitiesSchema } from '../data/driver.zod.js';
import { parseFilterOnly, parseFilterToWrite, parseQuery } from './parse-query.js';

const NONE = DriverCapabilitiesSchema.parse({});
const MOST = DriverCapabilitiesSchema.parse({
  ...{ queryFilters: true, querySorting: true, queryPagination: true, queryAggregations: true },
});
const OBJECT = { name: 'account' };
const rejected = (code: string, details: object) => expect.objectContaining({ code, details });
const invalid = (path: string) => rejected('invalid_query', { path });

describe('parseQuery', () => {
  it('leaves filters and inner queries as they are', () => {
    const where = JSON.parse('{"__proto__":1}');
    const filter = JSON.parse('{"__proto__":2}');
    const parsed = parseQuery(
      OBJECT,
      {
        where,
        expand: { parent: 1 },
        orderBy: [{ field: 'name' }],
        aggregations: [{ function: 'count', alias: 'n', filter }],
      },
      MOST,
    );
    expect(parsed.where).toBe(where);
    expect(parsed.aggregations?.[0]?.filter).toBe(filter);
    expect(parsed).toMatchObject({ expand: { parent: 1 }, orderBy: [{ field: 'name', order: 'asc' }] });
  });

  it.each<[string, unknown, string]>([
    ['what is no object', [], ''],
    ['an unknown key', { 'a/b': 1 }, '/a~1b'],
    ['a wrong type', { limit: 'x' }, '/limit'],
    ['a wrong item', { orderBy: [{ field: 'name', order: 'up' }] }, '/orderBy/0/order'],
    ['an unknown key of an item', { orderBy: [{ field: 'name', down: true }] }, '/orderBy/0/down'],
    ['an item that is no object', { aggregations: [1] }, '/aggregations/0'],
    ['aggregations that are no list', { aggregations: 1 }, '/aggregations'],
    ['the name of another object', { object: 'contact' }, '/object'],
    ['two limits', { limit: 1, top: 2 }, '/top'],
  ])('rejects %s', (_, query, path) => {
    expect(() => parseQuery(OBJECT, query, MOST)).toThrow(invalid(path));
  });

  it('begins paths with the path of the inner query', () => {
    const at = ['expand', 'parent'];
    expect(() => parseQuery(OBJECT, { fields: 1 }, MOST, at)).toThrow(invalid('/expand/parent/fields'));
    expect(() => parseQuery(OBJECT, null, MOST, at)).toThrow(invalid('/expand/parent'));
  });

  it('denies keys of capabilities that are not declared, unless they ask for nothing', () => {
    const denied = rejected('not_supported', { feature: 'querySorting' });
    expect(() => parseQuery(OBJECT, { orderBy: [{ field: 'name' }] }, NONE)).toThrow(denied);
    expect(() => parseQuery(OBJECT, { search: { query: 'x' } }, MOST)).toThrow(
      rejected('not_supported', { feature: 'fullTextSearch' }),
    );
    const nothing = { where: {}, orderBy: [], distinct: false, limit: undefined };
    expect(parseQuery(OBJECT, nothing, NONE)).toMatchObject({ where: {} });
  });
});

describe('parseFilterOnly', () => {
  it('rejects everything but a filter', () => {
    const query = { where: { name: 'x' }, object: 'account', limit: undefined };
    expect(parseFilterOnly(OBJECT, query, MOST).where).toEqual({ name: 'x' });
    expect(() => parseFilterOnly(OBJECT, { where: {}, limit: 1 }, MOST)).toThrow(invalid('/limit'));
  });
});

describe('parseFilterToWrite', () => {
  it('rejects a call without a filter, and what is no query', () => {
    expect(parseFilterToWrite(OBJECT, { where: {} }, MOST).where).toEqual({});
    const missing = rejected('invalid_filter', { path: '/where' });
    expect(() => parseFilterToWrite(OBJECT, {}, MOST)).toThrow(missing);
    expect(() => parseFilterToWrite(OBJECT, undefined, MOST)).toThrow(missing);
    expect(() => parseFilterToWrite(OBJECT, null, MOST)).toThrow(invalid(''));
  });
});
