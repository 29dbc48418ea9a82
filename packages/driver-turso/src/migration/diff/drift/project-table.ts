import type { Table } from '@objectstack/spec/system';
import { INDEX_PREFIX } from '../../../schema/object-indexes.js';

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
const byColumns = (a: { columns: string[] }, b: { columns: string[] }) =>
  a.columns.join() < b.columns.join() ? -1 : 1;

/** What a table has besides what our own deployment gave it: it stays. */
function unmanagedAdditions(live: Table, ours: Table) {
  const columns = new Set(ours.columns.map(({ name }) => name));
  return {
    columns: live.columns.filter(({ name }) => !columns.has(name)),
    indexes: live.indexes.filter(({ name }) => !name.startsWith(INDEX_PREFIX)),
    foreignKeys: live.foreignKeys.filter((key) => !key.columns.every((name) => columns.has(name))),
    triggers: live.triggers,
  };
}

/** The table that a change leads to: ours as it should be, and what others added to it. */
export function projectTable(live: Table, before: Table, after: Table): Table {
  const others = unmanagedAdditions(live, before);
  return {
    ...after,
    columns: [...after.columns, ...others.columns].sort(byName),
    indexes: [...after.indexes, ...others.indexes].sort(byName),
    foreignKeys: [...after.foreignKeys, ...others.foreignKeys].sort(byColumns),
    triggers: others.triggers,
  };
}
