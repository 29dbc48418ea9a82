import { IS_EXHAUSTIVE } from '@objectstack/testing';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { FIXTURES } from '../../../packages/spec/test/fixtures/index.js';
import { type CatalogEntry, readCatalog } from '../catalog/catalog.js';
import { lostChecksWithin } from '../catalog/cross-field-rules.js';
import { documentName } from '../json-schema/to-documents.js';
import { examples } from '../reference/examples.js';
import { Comparison, noCounts } from './compare.js';
import { mutated } from './mutate.js';
import { createValidator } from './validators.js';
import { valuesOfDocument } from './values-of-document.js';
import { valuesOfSchema } from './values-of-schema.js';

const seed = 20_261_125;
const [MADE, MUTATIONS] = IS_EXHAUSTIVE ? [10, 5] : [1, 1];

const catalog = await readCatalog();
const validate = createValidator(catalog);
const shownInReference = examples(catalog);
const documents = new Map(
  catalog.entries
    .flatMap(({ inputDocument, outputDocument }) => [inputDocument, outputDocument])
    .map((document) => [String(document.$id), document]),
);
const resolve = (id: string) => documents.get(id) ?? {};
const totals = { input: noCounts(), output: noCounts() };

function withMutations(value: unknown, index: number): unknown[] {
  return [value, ...fc.sample(mutated(value), { seed: seed + index, numRuns: MUTATIONS })];
}

function inputsOf({ name, schema, inputDocument }: CatalogEntry): unknown[] {
  const { valid = [], invalid = [], breaking = [] } = FIXTURES[name] ?? {};
  const values = [
    ...valid,
    ...valid,
    ...invalid,
    ...breaking,
    ...fc.sample(valuesOfDocument(inputDocument, resolve), { seed, numRuns: MADE }),
    ...valuesOfSchema(schema, { seed, count: MADE }),
  ];
  return values.map((value): unknown => JSON.parse(JSON.stringify(value)));
}

/** Counts valid and invalid values and rule violations, for fixtures and generated values. */
function outputsOf({ name, schema, outputDocument }: CatalogEntry): unknown[] {
  const { valid = [], invalid = [] } = FIXTURES[name] ?? {};
  const parsed = valid.map((value) => schema.parse(JSON.parse(JSON.stringify(value))));
  return [
    ...parsed,
    ...invalid,
    ...fc.sample(valuesOfDocument(outputDocument, resolve), { seed, numRuns: MADE }),
  ];
}

function compare(entry: CatalogEntry): Comparison {
  const comparison = new Comparison(entry, validate);
  for (const value of inputsOf(entry).flatMap(withMutations)) comparison.asInput(value);
  for (const value of outputsOf(entry).flatMap(withMutations)) comparison.asOutput(value);
  return comparison;
}

function addUp({ counts }: Comparison): void {
  for (const form of ['input', 'output'] as const)
    for (const key of Object.keys(totals[form]) as (keyof ReturnType<typeof noCounts>)[])
      totals[form][key] += counts[form][key];
}

afterAll(() => {
  for (const [form, { values, valid, invalid, breakingRules }] of Object.entries(totals))
    console.log(
      `${form}: ${values} values, ${valid} valid, ${invalid} invalid, ${breakingRules} breaking a rule in words; seed ${seed}`,
    );
});

describe('Zod and JSON Schema', () => {
  it.each(catalog.entries)('agree about $name', (entry) => {
    const comparison = compare(entry);
    addUp(comparison);
    expect(comparison.disagreements.slice(0, 3)).toEqual([]);
    for (const { valid, invalid } of Object.values(comparison.counts)) {
      expect(valid).toBeGreaterThan(0);
      expect(invalid).toBeGreaterThan(0);
    }
  });
});

describe('a key __proto__', () => {
  const cases = catalog.entries.filter(({ name }) => JSON.stringify(FIXTURES[name]?.valid).startsWith('[{'));

  it.each(cases)('is ignored or rejected by $name', ({ name, schema }) => {
    for (const value of FIXTURES[name]?.valid ?? []) {
      const text = JSON.stringify(value);
      const polluted = text.replace(
        /^\{"?/,
        (start) => `{"__proto__":{"polluted":1}${start === '{' ? '' : ',"'}`,
      );
      const parsed = schema.safeParse(JSON.parse(polluted));
      const codes = new Set(parsed.error?.issues.map(({ code }) => code));
      if (parsed.success) expect(parsed.data).toEqual(schema.parse(JSON.parse(text)));
      else expect([...codes]).toEqual(['unrecognized_keys']);
    }
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

describe('a hand-written value', () => {
  it.each(catalog.entries)(
    'of $name is accepted or rejected as its fixture declares',
    ({ name, inputDocument }) => {
      const { valid = [], invalid = [] } = FIXTURES[name] ?? {};
      const shown = shownInReference.get(documentName(name));
      const judge = (value: unknown) =>
        validate(inputDocument, JSON.parse(JSON.stringify(value))) === undefined;
      expect([...valid, shown].filter((value) => !judge(value))).toEqual([]);
      expect(invalid.filter(judge)).toEqual([]);
    },
  );

  it.each(catalog.entries.filter(({ schema }) => lostChecksWithin(schema).length > 0))(
    'breaks every rule of $name',
    ({ name, schema }) => {
      const issues = (FIXTURES[name]?.breaking ?? []).map((value) =>
        JSON.stringify(schema.safeParse(JSON.parse(JSON.stringify(value))).error?.issues),
      );
      const unbroken = lostChecksWithin(schema).filter(
        ({ message = '?' }) => !issues.some((text) => text.includes(message)),
      );
      expect(unbroken).toEqual([]);
    },
  );
});
