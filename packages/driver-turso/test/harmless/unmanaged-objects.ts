import { type ChangeCase, number, strict, text, thing, was } from '../change-case.js';
import { object } from '../database.js';

const before = thing({ a: text, b: text });
const records = {
  thing: [
    { id: 't', a: 'x', b: 'y' },
    { id: 'u', a: 'z' },
  ],
};
const rebuilt = thing({ a: strict, b: text });
const renamed = thing({ a: text, c: { ...text, ...was('b') } });
const more = thing({ a: text, b: text, c: number });

const beside = (what: string, after: ChangeCase['after'], ...unmanagedSql: string[]): ChangeCase => ({
  what,
  before,
  after,
  records,
  unmanagedSql,
});

/** Unmanaged objects that do not mention what changes. */
export const UNMANAGED_OBJECTS: readonly ChangeCase[] = [
  beside('a view shows a table that is rebuilt', rebuilt, 'CREATE VIEW seen AS SELECT a, b FROM thing'),
  beside(
    'a view of a view does',
    rebuilt,
    'CREATE VIEW seen AS SELECT a FROM thing',
    'CREATE VIEW again AS SELECT a FROM seen',
  ),
  beside('a view does not show what is renamed', renamed, 'CREATE VIEW seen AS SELECT a FROM thing'),
  beside(
    'a trigger writes into an unmanaged table, and its own table is rebuilt',
    rebuilt,
    'CREATE TABLE log (n)',
    'CREATE TRIGGER watch AFTER DELETE ON thing BEGIN INSERT INTO log VALUES (old.id); END',
  ),
  beside(
    'a trigger of an unmanaged table deletes from a table that is rebuilt',
    rebuilt,
    'CREATE TABLE log (n)',
    'CREATE TRIGGER watch AFTER INSERT ON log BEGIN DELETE FROM thing; END',
  ),
  beside(
    'a view has a trigger',
    rebuilt,
    'CREATE VIEW seen AS SELECT a FROM thing',
    'CREATE TRIGGER watch INSTEAD OF DELETE ON seen BEGIN SELECT 1; END',
  ),
  beside(
    'an unmanaged column is in a table that is rebuilt',
    rebuilt,
    "ALTER TABLE thing ADD COLUMN theirs TEXT DEFAULT 'd' CHECK (theirs <> ',')",
  ),
  beside(
    'an unmanaged generated column depends on a field',
    rebuilt,
    'ALTER TABLE thing ADD COLUMN size INTEGER AS (length(a))',
  ),
  beside(
    'an unmanaged column is in a table in which a field is renamed',
    renamed,
    'ALTER TABLE thing ADD COLUMN theirs TEXT COLLATE NOCASE',
    "UPDATE thing SET theirs = 'T'",
  ),
  beside(
    'an unmanaged index is on a table that is rebuilt',
    rebuilt,
    'CREATE INDEX by_b ON thing (b DESC) WHERE b IS NOT NULL',
  ),
  beside('an unmanaged index has an expression', rebuilt, 'CREATE UNIQUE INDEX lowered ON thing (lower(a))'),
  beside(
    'an unmanaged table refers to one that is rebuilt',
    rebuilt,
    'CREATE TABLE log (t TEXT REFERENCES thing(id) ON DELETE CASCADE)',
    "INSERT INTO log VALUES ('t')",
  ),
  beside(
    'an unmanaged table exists next to the tables of objects',
    more,
    'CREATE TABLE log (a TEXT, b INTEGER, PRIMARY KEY (b, a)) STRICT, WITHOUT ROWID',
    "INSERT INTO log VALUES ('x', 1)",
  ),
  beside(
    'an unmanaged table has a name that differs only in case',
    [...before, object('item', { a: text })],
    'CREATE TABLE "Ïtem" (a)',
  ),
  beside(
    'a view is broken, and nothing is renamed',
    rebuilt,
    'CREATE TABLE log (n)',
    'CREATE VIEW seen AS SELECT n FROM log',
    'DROP TABLE log',
  ),
  beside(
    'a view mentions a field of which only the label changes',
    thing({ a: { ...text, label: 'A' }, b: text }),
    'CREATE VIEW seen AS SELECT a FROM thing',
  ),
  beside(
    'an unmanaged index is on a field that is renamed',
    renamed,
    'CREATE INDEX theirs ON thing (b, a DESC)',
  ),
  beside(
    'an unmanaged index is on fields that swap their names',
    thing({ a: { ...text, ...was('b') }, b: { ...text, ...was('a') } }),
    'CREATE UNIQUE INDEX theirs ON thing (a)',
  ),
  beside(
    'an unmanaged column is empty where the table is rebuilt twice',
    thing({ a: strict, b: number }),
    'ALTER TABLE thing ADD COLUMN theirs BLOB',
    "UPDATE thing SET theirs = x'00ff', b = '1'",
  ),
];
