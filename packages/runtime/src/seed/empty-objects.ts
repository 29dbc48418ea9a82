import { quote, type RunSql } from './run-sql.js';

const OBJECTS_AT_ONCE = 100;

/** A trigger of another client may add a record to another object than the one that is written. */
const HAS_TRIGGERS = `EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND substr(name, 1, 4) <> '_os_')`;

/** Those of the objects that have no records, and get none but from writes to themselves. */
export async function emptyObjects(sql: RunSql, objects: Iterable<string>): Promise<Set<string>> {
  const names = [...new Set(objects)];
  const empty = new Set<string>();
  for (let start = 0; start < names.length; start += OBJECTS_AT_ONCE) {
    const some = names.slice(start, start + OBJECTS_AT_ONCE);
    const columns = some.map((name, index) => `EXISTS (SELECT 1 FROM ${quote(name)}) AS e${index}`);
    const { rows } = await sql(`SELECT ${HAS_TRIGGERS} AS triggers, ${columns.join(', ')}`);
    const [row] = rows;
    if (row?.triggers !== 0) return new Set();
    for (const [index, name] of some.entries()) if (row[`e${index}`] === 0) empty.add(name);
  }
  return empty;
}
