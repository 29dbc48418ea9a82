import type { DeleteBehavior, Field } from '@objectstack/spec/data';
import type { ReferentialAction, Table, TableColumn } from '@objectstack/spec/system';
import type { PullContext } from './object-of.js';
import type { TableFindings } from './table-findings.js';

const BEHAVIORS: Readonly<Record<ReferentialAction, DeleteBehavior | undefined>> = {
  CASCADE: 'cascade',
  'NO ACTION': 'restrict',
  RESTRICT: 'restrict',
  'SET DEFAULT': undefined,
  'SET NULL': 'set_null',
};

/** Whether SQLite keeps texts or other numbers in a column of the type instead of the integers that they denote. */
const storesNoIntegers = (type: string): boolean =>
  !type.includes('INT') && /^$|BLOB|CHAR|CLOB|TEXT|REAL|FLOA|DOUB/.test(type);

/** The lookup of a column with a foreign key of its own; undefined if it has none, or one that is not expressible. */
export function lookupOf(
  column: TableColumn,
  table: Table,
  { objectNames, integerIds }: Pick<PullContext, 'objectNames' | 'integerIds'>,
  findings: TableFindings,
): Field | undefined {
  const key = table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column.name);
  if (!key) return undefined;
  const { name } = column;
  const target = [...objectNames].find(([one]) => one.toLowerCase() === key.table.toLowerCase())?.[1];
  const behavior = BEHAVIORS[key.onDelete];
  const isCleared = behavior === 'set_null' && column.notNull;
  const [referenced = 'id'] = key.references;
  if (target === undefined || behavior === undefined || isCleared || referenced.toLowerCase() !== 'id') {
    const reason =
      target === undefined
        ? 'its table is not in the database'
        : `it refers to ${key.table}.${referenced} with ON DELETE ${key.onDelete}`;
    findings.add('foreign_key', `The foreign key cannot be expressed: ${reason}.`, name);
    return undefined;
  }
  if (key.onUpdate !== 'NO ACTION' && key.onUpdate !== 'RESTRICT')
    findings.add('on_update', `ON UPDATE ${key.onUpdate} was left out.`, name);
  const isInteger = integerIds.has(key.table.toLowerCase());
  if (isInteger ? storesNoIntegers(column.type) : !/CHAR|CLOB|TEXT|^$/.test(column.type))
    findings.add(
      'foreign_key',
      `The column is ${column.type || 'without a type'}; a lookup to this table stores the id as ${isInteger ? 'an integer, in a column of type INTEGER' : 'a text'}.`,
      name,
    );
  return { type: 'lookup', reference: target, deleteBehavior: behavior };
}
