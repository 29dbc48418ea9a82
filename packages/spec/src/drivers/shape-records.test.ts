import { describe, expect, it } from 'vitest';
import type { DataRecord } from '../contracts/driver-call.js';
import { DriverCapabilitiesSchema } from '../data/driver.zod.js';
import { type ObjectModel, objectModel } from './object-model.js';
import { recordShape, shapeRecord } from './record-shape.js';
import { shapeRecords } from './shape-records.js';

const NODE = objectModel({
  name: 'node',
  fields: {
    name: { type: 'text' },
    parent: { type: 'tree' },
    friends: { type: 'lookup', reference: 'node', multiple: true },
  },
});
const context = { models: new Map([['node', NODE]]), supports: DriverCapabilitiesSchema.parse({}) };
const RECORDS: Record<string, DataRecord> = {
  n1: { id: 'n1', name: 'One', parent: null, friends: null },
  n2: { id: 'n2', name: 'Two', parent: 'n1', friends: ['n1', 'gone', 'n2'] },
  n3: { id: 'n3', name: 'Three', parent: 'n2' },
};
const ALL = Object.values(RECORDS);

describe('shapeRecords', () => {
  const reads: string[][] = [];
  const read = async (_: ObjectModel, ids: ReadonlySet<string>) => {
    reads.push([...ids].sort());
    return [...ids].flatMap((id) => RECORDS[id] ?? []);
  };

  it.each([
    ['no expansion', {}, []],
    ['one level', { expand: { parent: {} } }, [['n1', 'n2']]],
    ['levels whose records are known', { expand: { parent: { expand: { parent: {} } } } }, [['n1', 'n2']]],
    ['two lookups', { expand: { parent: {}, friends: {} } }, [['n1', 'n2'], ['gone']]],
  ])('returns what shapeRecord returns, with few reads: %s', async (_what, query, expected) => {
    reads.length = 0;
    const shape = recordShape(context, NODE, query);
    const shaped = await shapeRecords(ALL, shape, read);
    expect(shaped).toEqual(ALL.map((one) => shapeRecord(one, shape, (_target, id) => RECORDS[id])));
    expect(reads).toEqual(expected);
  });
});
