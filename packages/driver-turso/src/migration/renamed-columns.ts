import { storageOf } from '@objectstack/spec/data';
import type { DeployDiff, FieldChange } from '@objectstack/spec/system';

/** New names of columns by their old ones. */
export function renamedColumns(fields: readonly FieldChange[]): Map<string, string> {
  return new Map(
    fields.flatMap(({ change, field, before, after }): [string, string][] => {
      const former = change === 'renamed' ? after?.renamedFrom : undefined;
      const hasColumn = before && after && storageOf(before).column && storageOf(after).column;
      return former !== undefined && hasColumn ? [[former, field]] : [];
    }),
  );
}

/** New names of objects by their old ones. */
export function renamedObjects({ objects }: Pick<DeployDiff, 'objects'>): Map<string, string> {
  return new Map(
    objects.flatMap(({ change, before, object }): [string, string][] =>
      change === 'renamed' && before ? [[before.name, object]] : [],
    ),
  );
}
