import type { IndexChange, Table } from '@objectstack/spec/system';

const UNIQUE = { risk: 'may_fail', code: 'DD202' } as const;
const PLAIN = { risk: 'safe', code: 'SF003' } as const;

/**
 * Indexes that a table has and should not have, or the other way round, sorted by name. An index is named after its
 * definition, so one that changes is removed and added.
 */
export function diffIndexes(before: Table, after: Table): IndexChange[] {
  const object = after.name;
  const names = (table: Table) => new Set(table.indexes.map(({ name }) => name));
  const [had, wants] = [names(before), names(after)];
  const added = after.indexes
    .filter(({ name }) => !had.has(name))
    .map((index): IndexChange => {
      const { risk, code } = index.unique ? UNIQUE : PLAIN;
      return {
        id: `add_index:${object}.${index.name}`,
        change: 'added',
        risk,
        code,
        object,
        index: index.name,
        after: index,
      };
    });
  const removed = before.indexes
    .filter(({ name }) => !wants.has(name))
    .map((index): IndexChange => {
      return {
        id: `remove_index:${object}.${index.name}`,
        change: 'removed',
        risk: 'safe',
        code: 'SF006',
        object,
        index: index.name,
        before: index,
      };
    });
  return [...added, ...removed].sort((a, b) => (a.index < b.index ? -1 : 1));
}
