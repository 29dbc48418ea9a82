import { describe, expect, it } from 'vitest';
import { DriverCapabilitiesSchema } from '../data/driver.zod.js';
import { ObjectDefinitionSchema } from '../data/object.zod.js';
import { LIMITS } from '../shared/limits.js';
import { assertDeployable, convertRow } from './assert-deployable.js';
import { assertLookups } from './assert-lookups.js';
import { atIndex } from './at-index.js';
import { compareTexts } from './compare-stored.js';
import { newRow, newRows } from './new-row.js';
import { objectModel, type StoredRow } from './object-model.js';
import { parseDefinition } from './parse-definition.js';
import { parseQuery } from './parse-query.js';
import { recordShape } from './record-shape.js';
import { rejection } from './rejection.js';
import { rowFilter } from './row-filter.js';
import { selectRows } from './select-rows.js';
import { selectValues } from './select-values.js';
import { shapeRecords } from './shape-records.js';
import { streamRecords } from './stream-records.js';

const ALL = DriverCapabilitiesSchema.parse({
  ...{ queryFilters: true, querySorting: true, queryPagination: true, queryAggregations: true },
  arrayFields: true,
});
const modelOf = (fields: object, name = 'thing') =>
  objectModel(ObjectDefinitionSchema.parse({ name, fields }));
const THING = modelOf({
  name: { type: 'text', unique: true, caseSensitive: false },
  size: { type: 'number', defaultValue: { dialect: 'cel', source: '1' } },
  tags: { type: 'tags' },
  parent: { type: 'lookup', reference: 'thing' },
});
const row = (id: string, values: StoredRow = {}): StoredRow => ({
  ...{ id, name: null, size: null, tags: null, parent: null, created_at: 'x', updated_at: 'x' },
  ...values,
});
const ROWS = [
  row('a', { name: 'x', size: 1, tags: '["t"]' }),
  row('b', { name: 'X', size: 2, parent: 'a' }),
  row('c', { size: 3, parent: 'none' }),
];
const idsOf = (query: object) => selectRows(THING, ROWS, parseQuery(THING, query, ALL)).map(({ id }) => id);
const valuesOf = (query: object) =>
  selectValues(THING, ROWS, { query: parseQuery(THING, query, ALL), supports: ALL });
const rejected = (code: string, details: object) => expect.objectContaining({ code, details });

describe('selectRows', () => {
  it('filters, sorts and pages', () => {
    expect(idsOf({ where: { name: 'x' } })).toEqual(['a', 'b']);
    expect(idsOf({ orderBy: [{ field: 'name' }, { field: 'id', order: 'desc' }] })).toEqual(['c', 'b', 'a']);
    expect(idsOf({ orderBy: [{ field: 'size', order: 'desc' }], limit: 1, offset: 1 })).toEqual(['b']);
    expect(idsOf({ cursor: { id: 'a' } })).toEqual(['b', 'c']);
    expect(idsOf({ where: { tags: { $contains: 't' } } })).toEqual(['a']);
  });

  it('compares texts by their bytes in UTF-8', () => {
    const texts = ['a', '\uffff', '\u{1f600}', 'ab', '\ud7ff'];
    const bytes = (text: string) => Buffer.from(text);
    expect(texts.toSorted(compareTexts)).toEqual(
      texts.toSorted((left, right) => Buffer.compare(bytes(left), bytes(right))),
    );
  });
});

describe('rowFilter', () => {
  it('rejects a filter with too many parts', () => {
    const $or = Array(LIMITS.maxFilterNodes).fill({ name: 'x' });
    expect(() => rowFilter(THING.fields, { $or })).toThrow(
      expect.objectContaining({ code: 'invalid_filter' }),
    );
  });
});

describe('selectValues', () => {
  it('groups, and sorts by the fields of the groups', () => {
    const aggregations = [
      { function: 'count', alias: 'n' },
      { function: 'array_agg', field: 'size', alias: 'sizes' },
      { function: 'max', field: 'size', alias: 'most', filter: { size: { $lt: 2 } } },
    ];
    expect(valuesOf({ groupBy: ['name'], aggregations })).toEqual([
      { name: null, n: 1, sizes: [3], most: null },
      { name: 'X', n: 2, sizes: [1, 2], most: 1 },
    ]);
    expect(valuesOf({ distinct: true, fields: ['name'], limit: 1 })).toEqual([{ name: null }]);
    const functions = ['sum', 'avg', 'min', 'count_distinct'];
    const all = functions.map((name) => ({ function: name, field: 'size', alias: name }));
    expect(
      valuesOf({ aggregations: [...all, { function: 'string_agg', field: 'name', alias: 's' }] }),
    ).toEqual([{ sum: 6, avg: 2, min: 1, count_distinct: 3, s: 'X,x' }]);
    expect(valuesOf({ groupBy: ['name'], having: { name: null } })).toEqual([{ name: null }]);
  });
});

describe('shapeRecords', () => {
  it('reads what is expanded once for each level', async () => {
    const query = parseQuery(THING, { fields: ['id'], expand: { parent: { fields: ['name'] } } }, ALL);
    const shape = recordShape({ models: new Map([['thing', THING]]), supports: ALL }, THING, query);
    const reads: string[][] = [];
    const records = ROWS as unknown as Parameters<typeof shapeRecords>[0];
    const shaped = await shapeRecords(records, shape, async (_, ids) => {
      reads.push([...ids]);
      return records.filter(({ id }) => ids.has(id));
    });
    expect(reads).toEqual([['a', 'none']]);
    expect(shaped).toEqual([
      { id: 'a', parent: null },
      { id: 'b', parent: { id: 'a', name: 'x' } },
      { id: 'c', parent: null },
    ]);
  });
});

describe('streamRecords', () => {
  it('reads pages when they are requested, without fields that only the cursor needs', async () => {
    const rows = Array.from({ length: 1_201 }, (_, index) =>
      row(`i${String(index).padStart(4, '0')}`, { size: 1 }),
    );
    let pages = 0;
    const read = async (query: object) => {
      pages += 1;
      return selectRows(THING, rows, parseQuery(THING, query, ALL)).map(({ id, size }) => ({ id, size }));
    };
    const seen: object[] = [];
    const query = { fields: ['id'], orderBy: [{ field: 'size' }] };
    for await (const record of streamRecords(read as never, query)) {
      if (seen.length === 0) expect(pages).toBe(1);
      seen.push(record);
    }
    expect([seen.length, pages, seen[0]]).toEqual([1_201, 3, { id: 'i0000' }]);
  });
});

describe('newRows', () => {
  it('lists the violations of all records, and evaluates defaults', () => {
    const violations = [
      { field: 'size', rule: 'type', index: 0 },
      { field: 'nothing', rule: 'unknown_field', index: 1 },
    ];
    expect(() => newRows(THING, [{ size: 'x' }, { nothing: 1 }])).toThrow(
      rejected('validation_failed', { object: 'thing', violations }),
    );
    expect(newRows(THING, [{ name: 'x' }])[0]).toMatchObject({ name: 'x', size: null });
    expect(newRow(THING, {}, { evaluate: () => 7 }).size).toBe(7);
  });
});

describe('atIndex', () => {
  it('adds the index to errors, and to each violation', () => {
    const fails = (error: Error) => () =>
      atIndex(2, () => {
        throw error;
      });
    expect(fails(rejection('record_not_found', { object: 'x' }))).toThrow(
      rejected('record_not_found', { object: 'x', index: 2 }),
    );
    expect(fails(new TypeError('x'))).toThrow(TypeError);
    expect(atIndex(1, () => 5)).toBe(5);
  });
});

describe('assertLookups', () => {
  it('finds a lookup to a missing record', () => {
    const withRows = { ...THING, rows: new Map(ROWS.map((one) => [String(one.id), one])) };
    const models = new Map([['thing', withRows]]);
    expect(() => assertLookups(models)).toThrow(
      rejected('foreign_key_violation', { object: 'thing', field: 'parent' }),
    );
    withRows.rows.delete('c');
    expect(() => assertLookups(models)).not.toThrow();
  });
});

describe('assertDeployable', () => {
  it('names the fields and rules that would be lost', () => {
    const next = modelOf({ name: { type: 'text' }, size: { type: 'number' }, parent: { type: 'text' } });
    expect(() => assertDeployable(THING, next)).toThrow(
      rejected('destructive_not_allowed', { changes: ['name', 'tags', 'parent'] }),
    );
    expect(() => assertDeployable(THING, THING)).not.toThrow();
  });
});

describe('convertRow', () => {
  it('encodes values again, or rejects those that the new type cannot store', () => {
    const next = modelOf({ size: { type: 'currency' }, more: { type: 'text' }, name: { type: 'date' } });
    expect(convertRow(THING, next, row('a', { size: 1 }))).toMatchObject({ size: 1, more: null, name: null });
    expect(() => convertRow(THING, next, row('a', { name: 'x' }))).toThrow(
      rejected('conversion_failed', { object: 'thing', field: 'name' }),
    );
  });
});

describe('parseDefinition', () => {
  const definition = (field: object) => ({ name: 'thing', fields: { f: field } });

  it.each([
    ['a wrong default', { type: 'number', defaultValue: 'x' }],
    ['an unknown token', { type: 'autonumber', format: '{nothing}-{0}' }],
    ['a malformed field', { type: 'nothing' }],
  ])('rejects %s', (_, field) => {
    expect(() => parseDefinition('thing', definition(field), { supports: ALL })).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });

  it('denies what the driver does not declare', () => {
    for (const [field, feature] of [
      [{ type: 'json' }, 'jsonFields'],
      [{ type: 'text', index: true }, 'indexes'],
    ] as const)
      expect(() => parseDefinition('thing', definition(field), { supports: ALL })).toThrow(
        rejected('not_supported', { feature }),
      );
    expect(parseDefinition('thing', definition({ type: 'tags' }), { supports: ALL }).name).toBe('thing');
  });
});
