import type { SqlStatement } from '@objectstack/spec/contracts';
import { quote } from '../schema/quote.js';
import { textLiteral } from '../schema/text-literal.js';
import { METADATA_VERSION } from './metadata-version.js';

/*
 * The number of records of an object is maintained by triggers, so that it includes every write: raw SQL, cascading
 * deletes, seeds, rollbacks, and other processes. A row counts for the deployment under which it was counted: a deployment
 * may rebuild a table, which removes its triggers, or rename it. The first write with a quota after a deployment counts
 * the records and creates the triggers again. `INSERT OR REPLACE` in raw SQL fires no delete trigger, so the number may be
 * too high, never too low; it is counted again before a write is rejected.
 */

export const COUNTER_TABLE = '_os_record_count';

const CREATE_TABLE =
  `CREATE TABLE IF NOT EXISTS ${COUNTER_TABLE} ` +
  '(object TEXT PRIMARY KEY NOT NULL, records INTEGER NOT NULL, deployment TEXT)';

function trigger(object: string, event: 'insert' | 'delete'): SqlStatement[] {
  const name = quote(`_os_count_${event}_${object}`);
  const change = event === 'insert' ? '+ 1' : '- 1';
  const update = `UPDATE ${COUNTER_TABLE} SET records = records ${change} WHERE object = ${textLiteral(object)}`;
  return [
    { sql: `DROP TRIGGER IF EXISTS ${name}` },
    { sql: `CREATE TRIGGER ${name} AFTER ${event.toUpperCase()} ON ${quote(object)} BEGIN ${update}; END` },
  ];
}

/** Statements that count the records of an object and keep the number up to date from then on. */
export function countRecordsFromNow(object: string): SqlStatement[] {
  return [
    { sql: CREATE_TABLE },
    ...trigger(object, 'insert'),
    ...trigger(object, 'delete'),
    {
      sql: `INSERT OR REPLACE INTO ${COUNTER_TABLE} SELECT ?, (SELECT count(*) FROM ${quote(object)}), (${METADATA_VERSION})`,
      args: [object],
    },
  ];
}

/** Counts the records of an object again whose number is kept up to date. No DDL, which would disturb a deployment. */
export const recount = (object: string): SqlStatement => ({
  sql: `UPDATE ${COUNTER_TABLE} SET records = (SELECT count(*) FROM ${quote(object)}) WHERE object = ?`,
  args: [object],
});

/** The number of records of an object; no row unless it was counted under the latest deployment. */
export const RECORD_COUNT = `SELECT records FROM ${COUNTER_TABLE} WHERE object = ? AND deployment IS (${METADATA_VERSION})`;
