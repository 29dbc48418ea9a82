import type { Table } from '@objectstack/spec/system';
import { createTableSql } from '../../../schema/create-table-sql.js';
import { textLiteral } from '../../../schema/text-literal.js';
import { tokenize } from '../../../sql/tokenize.js';

/*
 * SQLite records the largest id that it assigned in an AUTOINCREMENT table in sqlite_sequence, so that the id of a deleted
 * record is never assigned again. Dropping the table removes the record, and inserting the rows into another table records only
 * the largest id that is left.
 */

/** Whether SQLite records the ids that it assigned in the table. */
export const hasAutoincrement = (table: Table): boolean =>
  tokenize(createTableSql(table)).some(({ word }) => word === 'autoincrement');

/** Statements that record in one AUTOINCREMENT table what is recorded in another. */
export const carryAssignedIds = (from: string, to: string): string[] => {
  const known = `SELECT ${textLiteral(to)}, seq FROM sqlite_sequence WHERE name = ${textLiteral(from)}`;
  return [
    `DELETE FROM sqlite_sequence WHERE name = ${textLiteral(to)} AND EXISTS (${known})`,
    `INSERT INTO sqlite_sequence (name, seq) ${known}`,
  ];
};
