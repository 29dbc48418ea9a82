import { ObjectStackError } from '@objectstack/spec/shared';
import type { Table } from '@objectstack/spec/system';

/** Throws `object_conflict` if the table has an unmanaged column with the name of a column to be added. */
export function assertColumnsFree(live: Table, deployed: Table, after: Table): void {
  const had = new Set(deployed.columns.map(({ name }) => name));
  const unmanaged = new Set(
    live.columns.filter(({ name }) => !had.has(name)).map(({ name }) => name.toLowerCase()),
  );
  const taken = after.columns.find(({ name }) => unmanaged.has(name));
  if (!taken) return;
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `The table of ${live.name} has an unmanaged column ${taken.name}. Rename or drop the column, or rename the field.`,
    details: { object: live.name, field: taken.name },
  });
}
