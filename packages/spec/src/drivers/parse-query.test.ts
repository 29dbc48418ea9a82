import { describe, expect, it } from 'vitest';
import { DriverCapabilitiesSchema } from '../data/driver.zod.js';
import { MISTAKE_OBJECTS } from '../data/mistakes/mistake-objects.js';
import { MISTAKES } from '../data/mistakes/mistakes.js';
import { ObjectDefinitionSchema } from '../data/object.zod.js';
import { ObjectStackError } from '../shared/object-stack-error.js';
import { assertRecordsQuery } from './assert-query.js';
import { objectModel } from './object-model.js';
import { parseFilterOnly, parseFilterToWrite, parseQuery } from './parse-query.js';

const NONE = DriverCapabilitiesSchema.parse({});
const MOST = DriverCapabilitiesSchema.parse({
  ...{ queryFilters: true, querySorting: true, queryPagination: true, queryAggregations: true },
});
const OBJECT = objectModel(ObjectDefinitionSchema.parse(MISTAKE_OBJECTS.account));
const rejected = (code: string, details: object) => expect.objectContaining({ code, details });
const invalid = (path: string) => rejected('invalid_query', { path });

function rejectionOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (ObjectStackError.isInstance(error)) return { code: error.code, details: error.details };
    throw error;
  }
  return 'accepted';
}

describe('parseQuery', () => {
  it('leaves filters and inner queries as they are', () => {
    const where = { name: 'x' };
    const filter = { name: 'y' };
    const parsed = parseQuery(
      OBJECT,
      { where, aggregations: [{ function: 'count', alias: 'n', filter }], orderBy: [{ field: 'n' }] },
      MOST,
    );
    expect(parsed.where).toBe(where);
    expect(parsed.aggregations?.[0]?.filter).toBe(filter);
    expect(parsed).toMatchObject({ orderBy: [{ field: 'n', order: 'asc' }] });
    expect(parseQuery(OBJECT, { expand: { author: 1 } }, MOST).expand).toEqual({ author: 1 });
  });

  const FOUND = ['query', 'rows', 'filter', 'operand'] as const;
  const PARSED = new Set(['find', 'findOne', 'findStream', 'explain']);
  const rows = FOUND.flatMap((group) =>
    (MISTAKES[group]?.mistakes ?? []).map((one) => [group, one.id, one] as const),
  );

  it.each(rows)('finds the mistake %s/%s', (_, __, { calls }) => {
    for (const { method, args, answers } of calls()) {
      const [object, query] = args;
      if (!PARSED.has(method)) continue;
      const model = objectModel(ObjectDefinitionSchema.parse(MISTAKE_OBJECTS[object as 'account']));
      const parse = () => {
        const parsed = parseQuery(model, query, MOST);
        if (method === 'findOne' || method === 'findStream') assertRecordsQuery(parsed);
      };
      expect(rejectionOf(parse)).toBeOneOf([...answers]);
    }
  });

  it('denies aliases that differ only in case, and filters of rows, if they are not declared', () => {
    const node = { function: 'count', alias: 'Name' };
    expect(() => parseQuery(OBJECT, { groupBy: ['name'], aggregations: [node] }, MOST)).toThrow(
      rejected('not_supported', { feature: 'caseSensitiveAliases' }),
    );
    const supports = { ...MOST, queryFilters: false };
    const query = { groupBy: ['name'], having: { name: 'x' } };
    expect(() => parseQuery(OBJECT, query, supports)).toThrow(
      rejected('not_supported', { feature: 'queryFilters' }),
    );
    expect(parseQuery(OBJECT, { groupBy: ['name'], having: {} }, supports).groupBy).toEqual(['name']);
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
