import type { StoredRow } from './object-model.js';
import type { ModelWithRows } from './referring-rows.js';
import { rejection } from './rejection.js';

function isBroken(
  models: ReadonlyMap<string, ModelWithRows>,
  row: Readonly<StoredRow>,
  lookup: ModelWithRows['lookups'][number],
): boolean {
  const id = row[lookup.field] ?? null;
  const target = models.get(lookup.target);
  return id !== null && target !== undefined && !target.rows.has(String(id));
}

/**
 * Throws `foreign_key_violation` unless the lookups of all rows refer to existing rows, or to objects that are not deployed, for
 * drivers that have all rows in memory. To be called after the last row of a call, or on commit with `deferredReferences`.
 */
export function assertLookups(models: ReadonlyMap<string, ModelWithRows>): void {
  for (const model of models.values())
    for (const lookup of model.lookups)
      for (const row of model.rows.values())
        if (isBroken(models, row, lookup))
          throw rejection('foreign_key_violation', { object: model.name, field: lookup.field });
}
