import { storageOf } from '@objectstack/spec/data';
import { type DeployDiff, type FieldChange, REMOVED_OBJECT_PREFIX } from '@objectstack/spec/system';

const hasColumn = (field: FieldChange['before']) => field !== undefined && storageOf(field).column !== null;

/** New names of columns by their old names. */
export function renamedColumns(fields: readonly FieldChange[]): Map<string, string> {
  return new Map(
    fields.flatMap(({ field, former, before, after }): [string, string][] =>
      former !== undefined && hasColumn(before) && hasColumn(after) ? [[former, field]] : [],
    ),
  );
}

/** Old names of removed columns. */
export function removedColumns(fields: readonly FieldChange[]): Set<string> {
  return new Set(
    fields.flatMap(({ field, former = field, before, after }) =>
      hasColumn(before) && !hasColumn(after) ? [former] : [],
    ),
  );
}

/** New names of objects by their old names. */
export function renamedObjects({ objects }: Pick<DeployDiff, 'objects'>): Map<string, string> {
  return new Map(
    objects.flatMap(({ change, before, object }): [string, string][] =>
      change === 'renamed' && before ? [[before.name, object]] : [],
    ),
  );
}

/** Placeholder name of a removed object, so that references to it do not refer to a new object with the same name. */
export const placeholderName = (object: string) => `${REMOVED_OBJECT_PREFIX}${object}`;

/** Whether the name is a placeholder name. */
export const isPlaceholderName = (name: string) => name.startsWith(REMOVED_OBJECT_PREFIX);

/** New names of renamed objects and placeholder names of removed ones, by their old names. */
export function movedObjects(diff: Pick<DeployDiff, 'objects'>): Map<string, string> {
  const moved = renamedObjects(diff);
  for (const { change, object } of diff.objects)
    if (change === 'removed') moved.set(object, placeholderName(object));
  return moved;
}
