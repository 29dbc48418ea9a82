import type { Token } from './tokenize.js';

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Keywords of SQLite that cannot be names unless they are quoted. */
export const RESERVED_WORDS = list(`
  add all alter and as autoincrement between case check collate commit constraint create default deferrable delete
  distinct drop else escape except exists foreign from group having in index insert intersect into is isnull join
  limit not nothing notnull null on or order primary references returning select set table then to transaction union
  unique update using values when where`);

/** Keywords of SQLite that are names in positions where they have no meaning as keywords. */
export const CONTEXTUAL_WORDS = list(`
  abort action after always analyze asc attach before begin by cascade cast column conflict cross current current_date
  current_time current_timestamp database deferred desc detach do each end exclude exclusive explain fail filter first
  following for full generated glob groups if ignore immediate indexed initially inner instead key last left like match
  materialized natural no nulls of offset others outer over partition plan pragma preceding query raise range recursive
  regexp reindex release rename replace restrict right rollback row rows savepoint temp temporary ties trigger unbounded
  vacuum view virtual window with within without`);

/** Whether the token is an unquoted keyword and therefore not the name of a function. */
export const isKeyword = ({ word }: Token): boolean => RESERVED_WORDS.has(word) || CONTEXTUAL_WORDS.has(word);

export const isReserved = (token: Token): boolean => token.word !== '' && RESERVED_WORDS.has(token.word);

const NAMING: ReadonlySet<string> = new Set(['word', 'quoted', 'string']);

/** Whether the token can be a name. */
export const isNaming = (token: Token | undefined): boolean =>
  token !== undefined && NAMING.has(token.kind) && !isReserved(token);
