import { ObjectStackError } from '@objectstack/spec/shared';
import type { Table } from '@objectstack/spec/system';

/** Throws `object_conflict` when somebody added by hand a column that a deployment is about to add. */
export function assertColumnsFree(live: Table, deployed: Table, after: Table): void {
  const had = new Set(deployed.columns.map(({ name }) => name));
  const theirs = new Set(
    live.columns.filter(({ name }) => !had.has(name)).map(({ name }) => name.toLowerCase()),
  );
  const taken = after.columns.find(({ name }) => theirs.has(name));
  if (!taken) return;
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `The table of ${live.name} has a column ${taken.name} that no deployment made.`,
    details: { object: live.name, field: taken.name },
  });
}
