import type { BaselineFinding, Table } from '@objectstack/spec/system';
import { columnNamed } from '../../schema/column-named.js';
import { quote } from '../../schema/quote.js';
import { affinityOf } from '../diff/adopted/affinity-of.js';
import { otherWays } from './other-ways.js';

type Part = Omit<BaselineFinding, 'object'>;

/** Names of the columns of the primary key, in its order. */
export const keyOf = ({ columns }: Table): string[] =>
  columns
    .filter(({ primaryKey }) => primaryKey > 0)
    .sort((one, other) => one.primaryKey - other.primaryKey)
    .map(({ name }) => name);

/** The statement with which the only column of a key becomes the column `id`, if it can contain ids. */
function renameOf(table: Table): string | undefined {
  const [name = '', ...others] = keyOf(table);
  const type = columnNamed(table, name)?.type ?? '';
  const canContainIds = type === 'INTEGER' || ['TEXT', 'BLOB'].includes(affinityOf(type));
  if (others.length > 0 || !canContainIds || columnNamed(table, 'id')) return undefined;
  return `ALTER TABLE ${quote(table.name)} RENAME COLUMN ${quote(name)} TO "id"`;
}

/** The finding about a table whose primary key is not its column `id`; undefined if it is. */
export function keyFinding(table: Table): Part | undefined {
  const key = keyOf(table);
  if (key.join() === 'id') return undefined;
  const rename = key.length === 0 ? undefined : renameOf(table);
  const found = key.length === 0 ? 'The table has no primary key' : `The primary key is ${key.join(', ')}`;
  const ways = otherWays(table.name, 'table');
  const next = rename === undefined ? ways : `Rename the column and pull again, ${ways}`;
  return {
    code: 'system_column',
    severity: 'error',
    name: 'id',
    message: `${found}; that of an object is the column id.`,
    next: next.charAt(0).toUpperCase() + next.slice(1),
    ...(rename !== undefined && { fix: [rename] }),
  };
}
