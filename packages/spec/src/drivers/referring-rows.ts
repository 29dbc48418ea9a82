import { lookupsTo } from './lookups-to.js';
import type { ObjectModel, StoredRow } from './object-model.js';
import { rejection } from './rejection.js';

/** An object with its rows by id. */
export interface ModelWithRows extends ObjectModel {
  readonly rows: ReadonlyMap<string, StoredRow>;
}

/** A row with a lookup to a deleted record. */
export interface ReferringRow<Model extends ModelWithRows> {
  readonly model: Model;
  readonly row: StoredRow;
  /** The row without the lookup, which replaces it; undefined if the row is to be deleted too. */
  readonly cleared: StoredRow | undefined;
}

/**
 * Yields the rows whose lookups refer to a record that was deleted, for drivers whose database has no foreign keys.
 * Rows are found while they are read, so that none is returned that a cascade has deleted. Throws
 * `foreign_key_violation` for a lookup with `restrict`.
 */
export function* referringRows<Model extends ModelWithRows>(
  models: Iterable<Model>,
  { name }: Pick<ObjectModel, 'name'>,
  id: string,
): Generator<ReferringRow<Model>> {
  for (const { model, field, onDelete } of lookupsTo(models, name))
    for (const row of model.rows.values()) {
      if (row[field] !== id) continue;
      if (onDelete === 'restrict')
        throw rejection('foreign_key_violation', {
          object: name,
          referredBy: { object: model.name, field },
        });
      yield { model, row, cleared: onDelete === 'cascade' ? undefined : { ...row, [field]: null } };
    }
}
