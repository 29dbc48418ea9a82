import { describe, expect, it } from 'vitest';
import type { DataRecord } from '../contracts/driver-call.js';
import { DriverCapabilitiesSchema } from '../data/driver.zod.js';
import { objectModel } from './object-model.js';
import { recordShape, shapeRecord } from './record-shape.js';

const NODE = objectModel({
  name: 'node',
  fields: {
    name: { type: 'text' },
    parent: { type: 'tree' },
    friends: { type: 'lookup', reference: 'node', multiple: true },
    elsewhere: { type: 'lookup', reference: 'not_deployed' },
  },
});
const context = {
  models: new Map([['node', NODE]]),
  supports: DriverCapabilitiesSchema.parse({ queryPagination: true }),
};
const RECORDS: Record<string, DataRecord> = {
  n1: { id: 'n1', name: 'One', parent: null, friends: null },
  n2: { id: 'n2', name: 'Two', parent: 'n1', friends: ['n1', 'gone', 'n2'] },
  n3: { id: 'n3', name: 'Three', parent: 'n2' },
};
const read = (id: string, query: Parameters<typeof recordShape>[2]) =>
  shapeRecord(RECORDS[id] as DataRecord, recordShape(context, NODE, query), (_, found) => RECORDS[found]);
const invalid = (path: string) => expect.objectContaining({ code: 'invalid_query', details: { path } });

/** A query that follows the parent of a parent, and so on. */
const nested = (levels: number): { expand: object } => ({
  expand: { parent: levels > 1 ? nested(levels - 1) : {} },
});

describe('recordShape', () => {
  it('returns every stored field, or those requested with the id and the expanded lookups', () => {
    expect(recordShape(context, NODE, {}).fields).toEqual([...NODE.stored.keys()]);
    const shape = recordShape(context, NODE, { fields: ['name'], expand: { parent: {} } });
    expect(shape.fields).toEqual(['id', 'name', 'parent']);
  });

  it.each<[string, Parameters<typeof recordShape>[2], string]>([
    ['an unknown field', { fields: ['name', 'nothing'] }, '/fields/1'],
    ['expand that is no object', { expand: [] }, '/expand'],
    ['a field that is no lookup', { expand: { name: {} } }, '/expand/name'],
    ['an unknown lookup', { expand: { nothing: {} } }, '/expand/nothing'],
    ['a lookup to an object that is not deployed', { expand: { elsewhere: {} } }, '/expand/elsewhere'],
    ['an inner query that is no object', { expand: { parent: 1 } }, '/expand/parent'],
    ['an inner key that would be ignored', { expand: { parent: { limit: 1 } } }, '/expand/parent/limit'],
    ['an unknown inner field', { expand: { parent: { fields: ['x'] } } }, '/expand/parent/fields/0'],
    ['a sixth level', nested(6), '/expand/parent'.repeat(6)],
  ])('rejects %s', (_, query, path) => {
    expect(() => recordShape(context, NODE, query)).toThrow(invalid(path));
  });

  it('accepts five levels', () => {
    expect(recordShape(context, NODE, nested(5)).expansions).toHaveLength(1);
  });
});

describe('shapeRecord', () => {
  it('follows lookups in levels, each with its own fields', () => {
    const inner = { fields: ['name'], expand: { parent: { fields: ['name'] } } };
    expect(read('n3', { fields: ['name'], expand: { parent: inner } })).toEqual({
      ...{ id: 'n3', name: 'Three' },
      parent: { id: 'n2', name: 'Two', parent: { id: 'n1', name: 'One' } },
    });
  });

  it('leaves records out of a list that do not exist, and clears a lookup', () => {
    const query = { fields: ['name'], expand: { friends: { fields: ['name'] }, parent: undefined } };
    expect(read('n2', query).friends).toEqual([
      { id: 'n1', name: 'One' },
      { id: 'n2', name: 'Two' },
    ]);
    expect(read('n1', query)).toEqual({ id: 'n1', name: 'One', friends: null, parent: null });
  });
});
