import type { DeployDiff } from '@objectstack/spec/system';
import { quote } from '../../../schema/quote.js';
import { renamed } from '../../diff/renames/rename-table.js';
import { renamedObjects } from '../../diff/renames/renamed-columns.js';
import type { TablePlan } from '../table/table-plan.js';
import type { Row } from './column-value.js';

const inverted = (names: ReadonlyMap<string, string>) => new Map([...names].map(([from, to]) => [to, from]));

/** The retained table with the records of a restored object. */
export const retainedObject = ({ restores }: DeployDiff, name: string) =>
  restores?.tables.find(({ object, whole }) => whole && object === name);

/** SQL of a table before the migration: a retained table for a restored object, and an empty one for a new object. */
export function targetBefore(diff: DeployDiff, table: string): string {
  const retained = retainedObject(diff, table);
  if (retained) return quote(retained.name);
  const isNew = diff.objects.some(({ change, object }) => change === 'added' && object === table);
  return isNew ? '(SELECT NULL AS id WHERE 0)' : quote(renamed(inverted(renamedObjects(diff)), table));
}

/** A row of a table before the migration, by the new names of its columns. */
export function rowBefore(diff: DeployDiff, { before, columns }: TablePlan): Row {
  const previousNames = inverted(columns);
  return {
    column: (name) => `${quote(before.name)}.${quote(renamed(previousNames, name))}`,
    target: (table) => targetBefore(diff, table),
  };
}
