import type { MigrationPlan } from '@objectstack/spec/system';

/** What rolling back the schema removes, by the names that it has until then. */
export interface Leaving {
  readonly objects: ReadonlySet<string>;
  /** Fields of objects that stay, as `object.field`. */
  readonly fields: ReadonlySet<string>;
}

export function leavingWith({ diff }: Pick<MigrationPlan, 'diff'>): Leaving {
  const names = new Map(diff.objects.map(({ object, before }) => [object, before?.name ?? object]));
  return {
    objects: new Set(diff.objects.flatMap(({ change, object }) => (change === 'removed' ? [object] : []))),
    fields: new Set(
      diff.fields.flatMap(({ change, object, field }) =>
        change === 'removed' ? [`${names.get(object) ?? object}.${field}`] : [],
      ),
    ),
  };
}

export const isLeaving = ({ objects, fields }: Leaving, table: string, column: string): boolean =>
  objects.has(table) || fields.has(`${table}.${column}`);
