import type { Table } from '@objectstack/spec/system';
import { INDEX_PREFIX } from '../../../schema/indexes-of.js';

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
const byColumns = (a: { columns: string[] }, b: { columns: string[] }) =>
  a.columns.join() < b.columns.join() ? -1 : 1;

/** Unmanaged columns, indexes, foreign keys and triggers of a table, which a deployment preserves. */
function unmanagedAdditions(live: Table, deployed: Table) {
  const columns = new Set(deployed.columns.map(({ name }) => name));
  return {
    columns: live.columns.filter(({ name }) => !columns.has(name)),
    indexes: live.indexes.filter(({ name }) => !name.startsWith(INDEX_PREFIX)),
    foreignKeys: live.foreignKeys.filter((key) => !key.columns.every((name) => columns.has(name))),
    triggers: live.triggers,
  };
}

/** The table after a change: the table of the object with the unmanaged additions of the live one. */
export function projectTable(live: Table, before: Table, after: Table): Table {
  const unmanaged = unmanagedAdditions(live, before);
  return {
    ...after,
    columns: [...after.columns, ...unmanaged.columns].sort(byName),
    indexes: [...after.indexes, ...unmanaged.indexes].sort(byName),
    foreignKeys: [...after.foreignKeys, ...unmanaged.foreignKeys].sort(byColumns),
    triggers: unmanaged.triggers,
  };
}
