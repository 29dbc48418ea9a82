import type { Table, TableIndex } from '@objectstack/spec/system';
import { isPlaceholderName } from './renames/renamed-columns.js';

type IndexColumn = TableIndex['columns'][number];

/**
 * Whether rows that differ in the first column also differ in the second: NOCASE distinguishes fewer values than
 * BINARY.
 */
const isAsStrict = (strict: IndexColumn, { name, collation }: IndexColumn) =>
  strict.name !== null &&
  strict.name === name &&
  (strict.collation === collation || (strict.collation === 'NOCASE' && collation === 'BINARY'));

/** Whether uniqueness of `strict` implies uniqueness of `index`. */
const implies = (strict: TableIndex, index: TableIndex) =>
  strict.unique &&
  (strict.where === null || strict.where === index.where) &&
  strict.columns.every((column) => index.columns.some((other) => isAsStrict(column, other)));

const hasPrimaryKey = ({ columns }: TableIndex) =>
  columns.some(({ name, collation }) => name === 'id' && collation === 'BINARY');

/**
 * Whether rows may share values after an index is removed. False if another index or the primary key still prevents it,
 * and if a column of the index is removed, which requires approval itself.
 */
export function weakensUniqueness(index: TableIndex, after: Table): boolean {
  if (!index.unique || hasPrimaryKey(index)) return false;
  if (index.columns.some(({ name }) => name !== null && isPlaceholderName(name))) return false;
  return !after.indexes.some((other) => implies(other, index));
}
