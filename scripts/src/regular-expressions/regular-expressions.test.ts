import { isSampled } from '@objectstack/testing';
import { check } from 'recheck';
import { describe, expect, it } from 'vitest';
import { readCatalog } from '../catalog/catalog.js';
import { expressionsInSchemas } from './in-schemas.js';
import { expressionsInSources } from './in-sources.js';

/** Time limit. The slowest expression takes seconds on an idle machine. */
const PATIENCE = 60_000;

/** One of so many is tested unless tests are exhaustive. */
const EVERY = 10;

const inSchemas = expressionsInSchemas(await readCatalog());
const inSources = await expressionsInSources();
const unique = new Map([...inSources, ...inSchemas].map((found) => [String(found.expression), found]));

describe('every regular expression', () => {
  it.each([...unique.values()].filter((_, index) => isSampled(index, EVERY)))(
    '$where $expression is tested in linear time',
    async ({ expression }) => {
      expect(await check(expression.source, expression.flags, { timeout: PATIENCE })).toMatchObject({
        status: 'safe',
      });
    },
    PATIENCE,
  );

  it('is found in sources and in schemas', () => {
    const places = [...inSources, ...inSchemas].map(({ where }) => where);
    expect(places.filter((where) => where.startsWith('spec/src/')).length).toBeGreaterThan(15);
    expect(places).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^runtime\/src\//),
        expect.stringMatching(/^HostedDatabaseUrlSchema/),
        expect.stringMatching(/^EmailAddressSchema/),
      ]),
    );
  });
});

describe('the checker', () => {
  it('finds an expression with exponential time', async () => {
    expect(await check('^(a+)+$', '')).toMatchObject({ status: 'vulnerable' });
  });
});
