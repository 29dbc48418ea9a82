import type { Table } from '@objectstack/spec/system';
import { columnNamed, foreignKeyOn } from '../../../schema/column-named.js';
import { affinityOf } from '../../diff/adopted/affinity-of.js';

/** Whether the column contains ids as integers: the id of an object, or a reference to one. A column of texts contains texts. */
export function holdsIntegerIds(table: Table, name: string): boolean {
  const column = columnNamed(table, name);
  if (!column || (name !== 'id' && !foreignKeyOn(table, name))) return false;
  return ['INTEGER', 'NUMERIC'].includes(affinityOf(column.type));
}
