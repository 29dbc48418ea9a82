import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Comparison } from './compare.js';

const schema = z.object({ size: z.int().max(5), open: z.boolean().default(true) });
const entry = {
  name: 'Wrong',
  subpath: 'data',
  file: 'data/wrong.zod.ts',
  schema,
  description: '',
  io: 'both',
  inputDocument: {},
  outputDocument: {},
} as const;
const accept = () => undefined;
const refuse = () => [];

describe('Comparison', () => {
  it('finds a document that accepts a value which the schema rejects', () => {
    const comparison = new Comparison(entry, accept);
    comparison.asInput({ size: 6 });
    expect(comparison.disagreements).toMatchObject([{ form: 'input', value: '{"size":6}', ajv: 'accepts' }]);
  });

  it('finds a document that rejects a value which the schema accepts, and the parsed output', () => {
    const comparison = new Comparison(entry, refuse);
    comparison.asInput({ size: 5 });
    expect(comparison.disagreements.map(({ form }) => form)).toEqual(['input', 'output']);
    expect(comparison.counts.output).toMatchObject({ values: 1, valid: 1 });
  });

  it('treats a value as an output only if parsing returns it unchanged', () => {
    const comparison = new Comparison(entry, refuse);
    comparison.asOutput({ size: 5 });
    comparison.asOutput({ size: 5, open: true, more: 1 });
    expect(comparison.disagreements).toEqual([]);
    expect(comparison.counts.output).toMatchObject({ values: 2, invalid: 2 });
  });

  it('permits a document to accept a value that violates only a refinement', () => {
    const rule = schema.refine(({ size }) => size !== 3, 'must not be three');
    const either = z.union([z.string(), rule]);
    for (const refined of [rule, either]) {
      const comparison = new Comparison({ ...entry, schema: refined }, accept);
      comparison.asInput({ size: 3 });
      expect(comparison.disagreements).toEqual([]);
      expect(comparison.counts.input).toMatchObject({ breakingRules: 1, invalid: 0 });
    }
  });
});
