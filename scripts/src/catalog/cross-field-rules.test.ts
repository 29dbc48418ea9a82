import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readCatalog } from './catalog.js';
import { crossFieldRules, lostChecksWithin } from './cross-field-rules.js';

const { entries } = await readCatalog();
const lost = entries.flatMap((entry) =>
  lostChecksWithin(entry.schema).map((check) => ({ ...check, entry, name: entry.name })),
);

function descriptionsIn(document: unknown): string[] {
  if (typeof document !== 'object' || document === null) return [];
  const { description } = document as { description?: unknown };
  const own = typeof description === 'string' ? [description] : [];
  return [...own, ...Object.values(document).flatMap(descriptionsIn)];
}

describe('every check without a JSON Schema keyword', () => {
  it('is a refinement with a message', () => {
    const silent = lost.filter(({ kind, sentence }) => kind !== 'custom' || sentence === undefined);
    expect(silent.map(({ name, path, kind }) => `${name} ${path} ${kind}`)).toEqual([]);
    expect(lost.length).toBeGreaterThan(30);
  });

  it.each(lost)('$name $path: $sentence is in the documents', ({ entry, sentence }) => {
    for (const document of [entry.inputDocument, entry.outputDocument])
      expect(descriptionsIn(document).filter((text) => text.includes(sentence ?? '?'))).toHaveLength(1);
  });

  it('is found once, in the schema that declares it', () => {
    const told = lost.map(({ name, path, sentence }) => `${name} ${path} ${sentence}`);
    expect(new Set(told).size).toBe(told.length);
  });
});

describe('lostChecksWithin', () => {
  it.each([
    ['a refinement', z.string().refine((text) => text !== 'x'), 'custom'],
    ['a larger refinement', z.array(z.string()).superRefine(() => {}), 'custom'],
    ['a change of the value', z.string().trim(), 'overwrite'],
    ['a pattern with a flag', z.string().regex(/^a$/i), 'string_format'],
    ['a format without a pattern', z.url(), 'string_format'],
    ['a nested refinement', z.object({ list: z.array(z.number().refine(Number.isInteger)) }), 'custom'],
  ])('finds %s without a message', (_, schema, kind) => {
    expect(lostChecksWithin(schema)).toEqual([{ kind, path: expect.any(String) }]);
  });

  it.each([
    ['lengths', z.string().min(1).max(3)],
    [
      'formats with a pattern',
      z.strictObject({ at: z.iso.datetime(), mail: z.email(), text: z.string().regex(/^a$/) }),
    ],
    ['bounds', z.int().min(0).max(3).multipleOf(2)],
  ])('does not find %s', (_, schema) => {
    expect(lostChecksWithin(schema)).toEqual([]);
  });
});

describe('crossFieldRules', () => {
  it('names the path of a nested rule', () => {
    const schema = z.object({
      lines: z.array(z.object({ net: z.number() }).refine(() => true, 'must add up')),
    });
    expect(crossFieldRules({ schema })).toEqual(['In `lines[]`: Must add up.']);
  });

  it('names the property that a rule refers to', () => {
    const schema = z.object({ end: z.int() }).refine(() => true, { path: ['end'], message: 'is last' });
    expect(crossFieldRules({ schema })).toEqual(['`end` is last.']);
  });

  it('excludes the rules of other exported schemas', () => {
    const config = entries.find(({ name }) => name === 'TursoConfigSchema');
    expect(config && crossFieldRules(config)).toEqual([
      'In `url`: Must not contain an unfilled placeholder.',
    ]);
  });
});
