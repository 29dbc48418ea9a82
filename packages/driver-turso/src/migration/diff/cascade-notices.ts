import { storageOf } from '@objectstack/spec/data';
import type { DeployNotice, FieldChange } from '@objectstack/spec/system';
import { foreignKeyOf } from '../../schema/foreign-key-of.js';
import type { KnownObjects } from './diff-fields.js';
import { renamed } from './renames/rename-table.js';

/**
 * Lookups of an object that stays, `former` by its name before, whose target deletes the records that refer to it from now
 * on. A lookup to the same target that did so before is none, whatever the two are called now; nor is a new field, which
 * refers to nothing yet.
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
