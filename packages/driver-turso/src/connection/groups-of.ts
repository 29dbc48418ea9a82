import type { BoundStatement } from './to-bound.js';

/*
 * Most statements of a first deployment create an empty table or an index of one, which takes SQLite a few microseconds. A call
 * of the native library costs a large part of that, so they are run several at once. The event loop turns between two groups
 * after a millisecond at most, because none of these statements depends on the number of records.
 */

const MOST_STATEMENTS = 16;
const MOST_CHARACTERS = 8_000;

/**
 * Text without comments, semicolons and unclosed quotes: after a semicolon, another statement begins for certain. A doubled
 * quote is matched as the end of one string and the start of the next, and in no other way: with two ways, the time
 * would double with each of them.
 */
const PLAIN = String.raw`(?:[^"'\`\[\];/-]|"[^"]*"|'[^']*')*`;
const NAME = '"((?:[^"]|"")+)"';
/** As deployments write it: no table is created from a query. */
const CREATE_TABLE = new RegExp(`^CREATE TABLE ${NAME} \\(${PLAIN}$`);
const CREATE_INDEX = new RegExp(`^CREATE (?:UNIQUE )?INDEX "(?:[^"]|"")+" ON ${NAME} \\(${PLAIN}$`);

/** What a statement creates: a table, or an index of a table. */
interface Creation {
  readonly table: string;
  readonly isIndex: boolean;
}

function creationIn(sql: string): Creation | null {
  const [, table] = CREATE_TABLE.exec(sql) ?? [];
  if (table !== undefined) return { table, isIndex: false };
  const [, indexed] = CREATE_INDEX.exec(sql) ?? [];
  return indexed === undefined ? null : { table: indexed, isIndex: true };
}

/** Cached by text, because a plan is applied to many databases. */
const creations = new Map<string, Creation | null>();
const MOST_CREATIONS = 1_000;

function creationOf({ sql, args }: BoundStatement): Creation | null {
  if (args.length > 0 || !sql.startsWith('CREATE ') || sql.length > MOST_CHARACTERS) return null;
  const known = creations.get(sql);
  if (known !== undefined) return known;
  const creation = creationIn(sql);
  if (creations.size >= MOST_CREATIONS) creations.clear();
  creations.set(sql, creation);
  return creation;
}

/**
 * The statements in groups that can each be run in one call. A group of several only creates tables and indexes of tables that
 * were created just before, and so are empty.
 */
export function groupsOf(statements: readonly BoundStatement[]): BoundStatement[][] {
  const groups: BoundStatement[][] = [];
  const empty = new Set<string>();
  let characters = 0;
  let isOpen = false;
  for (const statement of statements) {
    const creation = creationOf(statement);
    if (creation === null) empty.clear();
    else if (!creation.isIndex) empty.add(creation.table);
    const isQuick = creation !== null && empty.has(creation.table);
    const last = groups.at(-1);
    characters += statement.sql.length;
    if (isQuick && isOpen && last && last.length < MOST_STATEMENTS && characters <= MOST_CHARACTERS)
      last.push(statement);
    else {
      groups.push([statement]);
      characters = statement.sql.length;
    }
    isOpen = isQuick;
  }
  return groups;
}
