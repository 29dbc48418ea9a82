import type { IndexChange, Table, TableIndex } from '@objectstack/spec/system';
import { isSameJson } from '../../schema/hash-of.js';
import { weakensUniqueness } from './weakens-uniqueness.js';

const UNIQUE = { risk: 'may_fail', code: 'DD202' } as const;
const PLAIN = { risk: 'safe', code: 'SF003' } as const;
const REMOVED = { risk: 'safe', code: 'SF006' } as const;
const NOT_UNIQUE = { risk: 'weakens_integrity', code: 'WI402' } as const;
const RENAMED = { risk: 'safe', code: 'SF009' } as const;

function isRenamed(before: TableIndex, after: TableIndex): boolean {
  return isSameJson({ ...before, name: '' }, { ...after, name: '' });
}

/**
 * Differences between the indexes of a table before and after, sorted by name. The name of an index contains a hash of
 * its definition, so a changed index is removed and added, and an index whose columns are renamed is recreated; another
 * index may have its old name then. `before` is the table with the new names.
 */
export function diffIndexes(before: Table, after: Table): IndexChange[] {
  const object = after.name;
  const lacks = (table: Table) => (index: TableIndex) =>
    !table.indexes.some((other) => isSameJson(other, index));
  const gone = new Set(before.indexes.filter(lacks(after)));
  const fresh = after.indexes.filter(lacks(before));
  const changes = fresh.map((index): IndexChange => {
    const remade = [...gone].find((old) => isRenamed(old, index));
    if (!remade) {
      const id = `add_index:${object}.${index.name}`;
      return {
        id,
        change: 'added',
        ...(index.unique ? UNIQUE : PLAIN),
        object,
        index: index.name,
        after: index,
      };
    }
    gone.delete(remade);
    const id = `rename_index:${object}.${index.name}`;
    return { id, change: 'renamed', ...RENAMED, object, index: index.name, before: remade, after: index };
  });
  for (const index of gone) {
    const id = `remove_index:${object}.${index.name}`;
    const facts = weakensUniqueness(index, after) ? NOT_UNIQUE : REMOVED;
    changes.push({ id, change: 'removed', ...facts, object, index: index.name, before: index });
  }
  return changes.sort((a, b) => (a.index < b.index ? -1 : 1));
}
