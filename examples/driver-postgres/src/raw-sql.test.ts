import { describe, expect, it } from 'vitest';
import { assertPermitted } from './raw-sql.js';

const rejected = (code: string) => expect.objectContaining({ code });

describe('assertPermitted', () => {
  it.each([
    'SELECT 1',
    ' select 1',
    '(SELECT 1) UNION (SELECT 2)',
    'WITH "a" AS (SELECT 1) SELECT * FROM "a"',
    'INSERT INTO "t" VALUES (1)',
    'CREATE UNIQUE INDEX "i" ON "t" ("a")',
    'DROP\nTABLE "t"',
  ])('permits %s', (statement) => {
    expect(assertPermitted(statement)).toBeUndefined();
  });

  it.each([
    'COMMIT',
    'rollback',
    'SET search_path = other',
    'COPY "t" TO PROGRAM \'cat\'',
    'DO $$ BEGIN END $$',
    'CREATE EXTENSION dblink',
    'CREATE TEMP TABLE "t" ("a" INT)',
    'ALTER SYSTEM SET fsync = off',
    'SELECTED',
    '/* /* */ SELECT */ COMMIT',
    '-- SELECT\nCOMMIT',
    '',
  ])('rejects %s', (statement) => {
    expect(() => assertPermitted(statement)).toThrow(rejected('not_allowed'));
  });

  it('rejects a statement that is not a text', () => {
    expect(() => assertPermitted(1)).toThrow(rejected('invalid_request'));
  });
});
