import type { DeployDiff } from '@objectstack/spec/system';
import { quote } from '../../../schema/identifier.js';
import { renamed } from '../../diff/renames/rename-table.js';
import { renamedObjects } from '../../diff/renames/renamed-columns.js';
import type { TablePlan } from '../table/table-plan.js';
import type { Row } from './column-value.js';

const backwards = (names: ReadonlyMap<string, string>) => new Map([...names].map(([from, to]) => [to, from]));

/** Where the records of an object lie that comes back. */
export const retainedObject = ({ restores }: DeployDiff, name: string) =>
  restores?.tables.find(({ object, whole }) => whole && object === name);

/** What a table is called before anything has happened: one that comes back lies aside, and a new one is not there. */
export function targetBefore(diff: DeployDiff, table: string): string {
  const retained = retainedObject(diff, table);
  if (retained) return quote(retained.name);
  const isNew = diff.objects.some(({ change, object }) => change === 'added' && object === table);
  return isNew ? '(SELECT NULL AS id WHERE 0)' : quote(renamed(backwards(renamedObjects(diff)), table));
}

/** The rows of a table before anything has happened, asked by the names that its columns will have. */
export function rowBefore(diff: DeployDiff, { before, columns }: TablePlan): Row {
  const formers = backwards(columns);
  return {
    column: (name) => `${quote(before.name)}.${quote(renamed(formers, name))}`,
    target: (table) => targetBefore(diff, table),
  };
}
