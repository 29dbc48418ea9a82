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

/** The table made again with other words. */
const madeAgain = (columns: string) => [
  'ALTER TABLE thing RENAME TO old',
  `CREATE TABLE thing (${columns})`,
  'INSERT INTO thing SELECT id, created_at, updated_at, a, n, "to" FROM old',
  'DROP TABLE old',
];

const HANDS: readonly [what: string, kind: string, name: string, ...byHand: string[]][] = [
  ['somebody dropped a column', 'column', 'n', 'ALTER TABLE thing DROP COLUMN n'],
  ['somebody renamed a column', 'column', 'a', 'ALTER TABLE thing RENAME COLUMN a TO b'],
  ['somebody gave a column another type', 'column', 'n', 'ALTER TABLE thing ALTER COLUMN n TO n TEXT'],
  ['somebody made a column NOT NULL', 'column', 'a', 'ALTER TABLE thing ALTER COLUMN a TO a TEXT NOT NULL'],
  [
    'somebody gave a column a default',
    'column',
    'a',
    "ALTER TABLE thing ALTER COLUMN a TO a TEXT DEFAULT 'x'",
  ],
  ['somebody checks a column', 'column', 'a', "ALTER TABLE thing ALTER COLUMN a TO a TEXT CHECK (a <> 'no')"],
  ['somebody took a foreign key away', 'column', 'to', 'ALTER TABLE thing ALTER COLUMN "to" TO "to" TEXT'],
  ['somebody dropped an index', 'index', '<index>', 'DROP INDEX <index>'],
  [
    'somebody made an index unique',
    'index',
    '<index>',
    'DROP INDEX <index>',
    'CREATE UNIQUE INDEX <index> ON thing ("to")',
  ],
  ['somebody dropped the table', 'table', 'thing', 'DROP TABLE thing'],
  ['somebody renamed the table', 'table', 'thing', 'ALTER TABLE thing RENAME TO other'],
  [
    'somebody made the table again with a check',
    'table',
    'thing',
    ...madeAgain(`${COLUMNS}, "to" TEXT ${KEY}, CHECK (n > 0)`),
    'CREATE INDEX <index> ON thing ("to")',
  ],
  [
    'somebody made the table again and deletes its records with their parents',
    'column',
    'to',
    ...madeAgain(`${COLUMNS}, "to" TEXT ${KEY.replace('SET NULL', 'CASCADE')}`),
    'CREATE INDEX <index> ON thing ("to")',
  ],
];

export const CHANGED_BY_HAND = HANDS.map(([what, kind, name, ...byHand]): Refusal => {
  const part = { code: 'DR702', kind, ...(name !== '<index>' && { name }) };
  const details = { object: 'thing', drift: [part] };
  return { what, before, after, records, byHand, error: 'schema_mismatch', details };
});
