import type { DeployDiff, TableChange } from '@objectstack/spec/system';
import { columnNamed } from '../../../schema/column-named.js';
import { createIndexSql } from '../../../schema/create-table-sql.js';
import { affinityOf } from '../../diff/adopted/affinity-of.js';
import { type Draft, plain } from '../draft/draft.js';
import { foreignKeysAreOff } from '../draft/guard-of.js';
import { replaceTable } from './rebuild-table.js';

/** Whether numbers in the column become texts: those that are JSON values. */
const becomesText = ({ before, after }: TableChange, name: string): boolean => {
  const [from, to] = [columnNamed(before, name)?.type, columnNamed(after, name)?.type];
  return to === 'TEXT' && from !== undefined && affinityOf(from) !== 'TEXT';
};

/** SQLite itself would write only fifteen digits of a number into a column of texts. */
const allDigits = (value: string) =>
  `CASE typeof(${value}) WHEN 'real' THEN printf('%!.17g', ${value}) ELSE ${value} END`;

/** Statements that rebuild a table with other declarations of the same columns, with its indexes. */
function rebuildAs(change: TableChange) {
  const { before, after } = change;
  return [
    ...replaceTable({
      base: before,
      after,
      value: (name, row) => (becomesText(change, name) ? allDigits(row.column(name)) : row.column(name)),
    }),
    ...after.indexes.map((index) => plain(createIndexSql(after.name, index))),
  ];
}

/** The change because of which the table is rebuilt. */
const causeOf = ({ fields, objects }: DeployDiff, table: string): string =>
  fields.find(({ object }) => object === table)?.id ??
  objects.find(({ object, before }) => object === table || before?.name === table)?.id ??
  `change_object:${table}`;

/** Rebuilds adopted tables in the form of deployments, before everything else. */
export function normalizeTables(diff: DeployDiff): Draft[] {
  const dropped = new Set(diff.removed.map(({ name }) => name));
  return (diff.normalized ?? []).flatMap((change): Draft[] => {
    const { name, columns } = change.before;
    // A rollback of a removal writes the kept values to a table of deployments.
    if (dropped.has(name) && !columns.some((column) => becomesText(change, column.name))) return [];
    const statements = rebuildAs(change);
    const back = [
      plain(foreignKeysAreOff().sql),
      ...rebuildAs({ before: change.after, after: change.before }),
    ];
    return statements.map(({ sql, args }, index): Draft => {
      const place = `${index + 1} of ${statements.length}`;
      return {
        kind: 'rebuild_table',
        changeId: causeOf(diff, name),
        sql,
        args,
        risk: 'safe',
        explanation: `Rebuilds the adopted table of ${name} with the declarations of deployments (${place}).`,
        rollback: index === statements.length - 1 ? back : [],
      };
    });
  });
}
