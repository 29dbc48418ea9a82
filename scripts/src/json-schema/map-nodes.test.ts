import { describe, expect, it } from 'vitest';
import { mapNodes, type SchemaNode } from './map-nodes.js';

const mark = (node: SchemaNode) => ({ ...node, seen: true });

describe('mapNodes', () => {
  it('changes every schema, also of properties with the names of keywords', () => {
    const schema = { properties: { default: { type: 'string' }, properties: {} }, anyOf: [{ type: 'null' }] };
    expect(mapNodes(schema, mark)).toEqual({
      properties: { default: { type: 'string', seen: true }, properties: { seen: true } },
      anyOf: [{ type: 'null', seen: true }],
      seen: true,
    });
  });

  it('leaves data that looks like a schema alone', () => {
    const data = { default: { type: 'string' }, examples: [{ type: 'string' }], enum: [{}], const: {} };
    expect(mapNodes(data, mark)).toEqual({ ...data, seen: true });
  });
});
