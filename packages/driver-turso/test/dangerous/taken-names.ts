import { number, text, thing, was } from '../change-case.js';
import { object } from '../database.js';
import type { Refusal } from './refusal.js';

const before = thing({ a: text, n: number });
const records = { thing: [{ id: 't', a: 'x', n: 1 }] };
const item = object('item', { a: text, n: number });
const renamed = [object('item', { a: text, n: number }, was('thing'))];
const renamedField = thing({ b: { ...text, ...was('a') }, n: number });
const taken = { object: 'item' };

const conflict = (
  what: string,
  after: Refusal['after'],
  details: Refusal['details'],
  ...unmanagedSql: string[]
): Refusal => ({
  what,
  before,
  after,
  records,
  unmanagedSql,
  error: 'object_conflict',
  details: details ?? {},
});

const spoken = (mentionedBy: string, name: string) => ({ mentionedBy, name });

export const TAKEN_NAMES: readonly Refusal[] = [
  conflict('a table has the name of a new object', [...before, item], taken, 'CREATE TABLE item (id TEXT)'),
  conflict('a table has it in capitals', [...before, item], taken, 'CREATE TABLE "ITEM" (id TEXT)'),
  conflict('a view has the name of a new object', [...before, item], taken, 'CREATE VIEW item AS SELECT 1'),
  conflict(
    'an index has the name of a new object',
    [...before, item],
    taken,
    'CREATE INDEX item ON thing (a)',
  ),
  conflict('an object is renamed to what a table is called', renamed, taken, 'CREATE TABLE item (id TEXT)'),
  conflict(
    'a column has the name of a new field',
    thing({ a: text, n: number, b: text }),
    { field: 'b' },
    'ALTER TABLE thing ADD COLUMN b TEXT',
  ),
  conflict(
    'a column has it in capitals',
    thing({ a: text, n: number, b: text }),
    { field: 'b' },
    'ALTER TABLE thing ADD COLUMN "B" TEXT',
  ),
  conflict(
    'a field is renamed to what a column is called',
    renamedField,
    { field: 'b' },
    'ALTER TABLE thing ADD COLUMN b TEXT',
  ),
  conflict(
    'a formula gets a column where there is one',
    thing({ a: text, n: number, b: { ...number, ...was('f') } }),
    { field: 'b' },
    'ALTER TABLE thing ADD COLUMN b REAL',
  ),
];

export const MENTIONS: readonly Refusal[] = [
  conflict(
    'a view mentions a field that is renamed',
    renamedField,
    spoken('seen', 'a'),
    'CREATE VIEW seen AS SELECT a FROM thing',
  ),
  conflict(
    'a view mentions it in upper case',
    renamedField,
    spoken('seen', 'a'),
    'CREATE VIEW seen AS SELECT A FROM thing',
  ),
  conflict(
    'a trigger mentions an object that is renamed',
    renamed,
    spoken('watch', 'thing'),
    'CREATE TABLE log (n)',
    'CREATE TRIGGER watch AFTER DELETE ON log BEGIN DELETE FROM thing; END',
  ),
  conflict(
    'the condition of an index mentions a field that is renamed',
    renamedField,
    spoken('some', 'a'),
    "CREATE INDEX some ON thing (n) WHERE a <> ''",
  ),
  conflict(
    'an expression of an index mentions a field that is renamed',
    renamedField,
    spoken('lowered', 'a'),
    'CREATE INDEX lowered ON thing (lower(a))',
  ),
  conflict(
    'a computed column mentions a field that is renamed',
    renamedField,
    spoken('thing', 'a'),
    "ALTER TABLE thing ADD COLUMN loud TEXT AS (a || '!')",
  ),
  conflict(
    'a check of a table mentions a name that equals that of a renamed object',
    renamed,
    spoken('log', 'thing'),
    "CREATE TABLE log (thing TEXT, CHECK (thing <> ''))",
  ),
  conflict(
    'a view mentions a field that is removed',
    thing({ n: number }),
    spoken('seen', 'a'),
    'CREATE VIEW seen AS SELECT a FROM thing',
  ),
  conflict(
    'a view mentions an object that is removed',
    [item],
    spoken('seen', 'thing'),
    'CREATE VIEW seen AS SELECT * FROM thing',
  ),
  conflict(
    'a trigger of another table mentions a field that is removed',
    thing({ n: number }),
    spoken('watch', 'a'),
    'CREATE TABLE log (n)',
    'CREATE TRIGGER watch AFTER DELETE ON log BEGIN UPDATE thing SET a = NULL; END',
  ),
  conflict(
    'an index is on a field that is removed',
    thing({ n: number }),
    { indexName: 'theirs' },
    'CREATE INDEX theirs ON thing (n, a)',
  ),
  conflict(
    'a column was added to an object that is removed',
    [item],
    { object: 'thing' },
    'ALTER TABLE thing ADD COLUMN theirs TEXT',
  ),
  conflict(
    'an index was added to an object that is removed',
    [item],
    { object: 'thing' },
    'CREATE INDEX theirs ON thing (n)',
  ),
  conflict(
    'a table refers to an object that is removed',
    [item],
    { object: 'thing', referredToBy: 'log' },
    'CREATE TABLE log (t TEXT REFERENCES thing(id))',
    "INSERT INTO log VALUES ('t')",
  ),
];
