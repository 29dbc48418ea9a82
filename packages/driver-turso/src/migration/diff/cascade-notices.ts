import { storageOf } from '@objectstack/spec/data';
import type { DeployNotice, FieldChange } from '@objectstack/spec/system';
import { foreignKeyOf } from '../../schema/foreign-key-of.js';
import type { KnownObjects } from './diff-fields.js';
import { renamed } from './renames/rename-table.js';

/**
 * Notices about lookups of a remaining object (previously named `former`) that start to delete records together with
 * their target. Excludes lookups that did so before the deployment, even if the object or the target was renamed, and
 * new fields, which refer to no record yet.
 */
export function cascadeNotices(
  former: string,
  fields: readonly FieldChange[],
  known: KnownObjects,
): DeployNotice[] {
  return fields.flatMap(({ object, field, former: formerField = field, before, after }): DeployNotice[] => {
    if (!before || !after || storageOf(before).column === null) return [];
    const was = foreignKeyOf(former, formerField, before, known.before);
    const is = foreignKeyOf(object, field, after, known.after);
    if (is?.onDelete !== 'CASCADE') return [];
    if (was?.onDelete === 'CASCADE' && renamed(known.renames, was.table) === is.table) return [];
    const message = `From now on, deleting a record of ${is.table} also deletes the records of ${object} whose ${field} refers to it.`;
    return [{ code: 'deletes_cascade', object, field, message }];
  });
}
