import { lookup, number, text, thing } from '../change-case.js';
import { object } from '../database.js';
import type { Refusal } from './refusal.js';

const account = object('account', { name: text });
const before = [account, ...thing({ a: text, n: number, to: lookup('account') })];
const after = [account, ...thing({ a: text, n: number, to: lookup('account'), more: text })];
const records = { account: [{ id: 'p' }], thing: [{ id: 't', a: 'x', n: 1, to: 'p' }] };
const COLUMNS =
  'id TEXT NOT NULL PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, a TEXT, n REAL';
const KEY = 'REFERENCES account(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED';

/** Rebuilds the table with another definition. */
const rebuilt = (columns: string) => [
  'ALTER TABLE thing RENAME TO old',
  `CREATE TABLE thing (${columns})`,
  'INSERT INTO thing SELECT id, created_at, updated_at, a, n, "to" FROM old',
  'DROP TABLE old',
];

const HANDS: readonly [what: string, kind: string, name: string, ...unmanagedSql: string[]][] = [
  ['another client dropped a column', 'column', 'n', 'ALTER TABLE thing DROP COLUMN n'],
  ['another client renamed a column', 'column', 'a', 'ALTER TABLE thing RENAME COLUMN a TO b'],
  ['another client gave a column another type', 'column', 'n', 'ALTER TABLE thing ALTER COLUMN n TO n TEXT'],
  [
    'another client made a column NOT NULL',
    'column',
    'a',
    'ALTER TABLE thing ALTER COLUMN a TO a TEXT NOT NULL',
  ],
  [
    'another client gave a column a default',
    'column',
    'a',
    "ALTER TABLE thing ALTER COLUMN a TO a TEXT DEFAULT 'x'",
  ],
  [
    'another client added a CHECK constraint to a column',
    'column',
    'a',
    "ALTER TABLE thing ALTER COLUMN a TO a TEXT CHECK (a <> 'no')",
  ],
  [
    'another client removed a foreign key',
    'column',
    'to',
    'ALTER TABLE thing ALTER COLUMN "to" TO "to" TEXT',
  ],
  ['another client dropped an index', 'index', '<index>', 'DROP INDEX <index>'],
  [
    'another client made an index unique',
    'index',
    '<index>',
    'DROP INDEX <index>',
    'CREATE UNIQUE INDEX <index> ON thing ("to")',
  ],
  ['another client dropped the table', 'table', 'thing', 'DROP TABLE thing'],
  ['another client renamed the table', 'table', 'thing', 'ALTER TABLE thing RENAME TO other'],
  [
    'the table was rebuilt with a CHECK constraint',
    'table',
    'thing',
    ...rebuilt(`${COLUMNS}, "to" TEXT ${KEY}, CHECK (n > 0)`),
    'CREATE INDEX <index> ON thing ("to")',
  ],
  [
    'the table was rebuilt with a cascading foreign key',
    'column',
    'to',
    ...rebuilt(`${COLUMNS}, "to" TEXT ${KEY.replace('SET NULL', 'CASCADE')}`),
    'CREATE INDEX <index> ON thing ("to")',
  ],
];

export const DRIFTED_TABLES = HANDS.map(([what, kind, name, ...unmanagedSql]): Refusal => {
  const part = { code: 'DR702', kind, ...(name !== '<index>' && { name }) };
  const details = { object: 'thing', drift: [part] };
  return { what, before, after, records, unmanagedSql, error: 'schema_mismatch', details };
});
