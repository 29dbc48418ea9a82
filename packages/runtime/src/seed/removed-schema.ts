import { type Field, isList, referenceTarget } from '@objectstack/spec/data';
import type { MigrationPlan } from '@objectstack/spec/system';

/** A lookup that the rollback of the schema removes. */
export interface RemovedReference {
  readonly table: string;
  readonly column: string;
  /** Object that it refers to. */
  readonly target: string;
  /** Whether the column contains a list of ids. */
  readonly isList: boolean;
}

/** What the rollback of the schema removes, by the names before the rollback. */
export interface RemovedSchema {
  readonly objects: ReadonlySet<string>;
  readonly references: readonly RemovedReference[];
}

function referenceOf(table: string, column: string, field: Field): RemovedReference[] {
  const target = referenceTarget(field, table);
  return target === undefined ? [] : [{ table, column, target, isList: isList(field) }];
}

export function removedSchemaOf({ diff }: Pick<MigrationPlan, 'diff'>): RemovedSchema {
  const names = new Map(diff.objects.map(({ object, before }) => [object, before?.name ?? object]));
  const removed = diff.objects.filter(({ change }) => change === 'removed');
  return {
    objects: new Set(removed.map(({ object }) => object)),
    references: [
      ...removed.flatMap(({ object, before }) =>
        Object.entries(before?.fields ?? {}).flatMap(([name, field]) => referenceOf(object, name, field)),
      ),
      ...diff.fields.flatMap(({ change, object, field, before }) =>
        change === 'removed' && before ? referenceOf(names.get(object) ?? object, field, before) : [],
      ),
    ],
  };
}
