import * as fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { readCatalog } from '../catalog/catalog.js';
import { jsonSchemaFiles } from '../json-schema/files.js';
import { openapiDocument } from '../openapi/openapi-document.js';
import { patternsInDocument } from './patterns-in-document.js';

const SEED = 20_261_128;
const TEXTS = 20;

const catalog = await readCatalog();
const files = [...jsonSchemaFiles(catalog)].filter(([name]) => name.endsWith('.json'));
const documents = new Map<string, unknown>(files.map(([name, text]) => [name, JSON.parse(text)]));
documents.set('openapi.json', openapiDocument(catalog));

const found = [...documents].flatMap(([name, document]) =>
  patternsInDocument(document).map(({ path, pattern }) => ({ place: `${name}#${path}`, pattern })),
);
const unique = [...new Map(found.map((each) => [each.pattern, each])).values()];

/** Strings that contain a match, and copies of them with one different character. */
function textsFor(pattern: string): string[] {
  const matching = fc.stringMatching(new RegExp(pattern), { size: 'xsmall' });
  const altered = fc
    .tuple(matching, fc.nat(), fc.constantFrom('', '_', 'é', '\n', 'A', '9'))
    .map(
      ([text, at, by]) =>
        `${text.slice(0, at % (text.length + 1))}${by}${text.slice(1 + (at % (text.length + 1)))}`,
    );
  return fc.sample(fc.oneof(matching, altered), { seed: SEED, numRuns: TEXTS });
}

describe('every pattern of the JSON Schema and OpenAPI documents', () => {
  it.each(unique)('$pattern means the same to an RE2 engine ($place)', ({ pattern }) => {
    const inRe2 = RE2JS.compile(pattern);
    const inEcma = new RegExp(pattern, 'u');
    for (const text of textsFor(pattern))
      expect({ text, matches: inRe2.matcher(text).find() }).toEqual({ text, matches: inEcma.test(text) });
  });

  it('is found in both', () => {
    const places = found.map(({ place }) => place);
    expect(places).toEqual(
      expect.arrayContaining([
        'MachineName.json#',
        'MachineName.json#/not',
        'openapi.json#/components/schemas/MachineName',
      ]),
    );
    expect(unique.length).toBeGreaterThan(10);
  });
});

describe('an RE2 engine', () => {
  it.each(['^(?!sqlite_)[a-z]', 'a(?=b)', '(?<!a)b', '(a)\\1'])('refuses %s', (pattern) => {
    expect(() => RE2JS.compile(pattern)).toThrow();
  });
});
