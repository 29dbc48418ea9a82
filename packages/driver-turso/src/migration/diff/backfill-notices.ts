import { backfillSourceOf, type Field, storageOf } from '@objectstack/spec/data';
import type { DeployNotice, FieldChange } from '@objectstack/spec/system';
import { isSameJson } from '../../schema/hash-of.js';
import { fillOf, hasFirstValue, NO_FILLER } from './conversions/filler.js';
import { replacedValues } from './conversions/value-change-of.js';

/** Why a new backfill does nothing; undefined if it does something, or is not new. */
function reasonOf(before: Field | undefined, after: Field): string | undefined {
  if (after.backfill === undefined) return undefined;
  const replaces =
    backfillSourceOf(after)?.field === undefined && backfillSourceOf(after)?.values !== undefined;
  if (!before || storageOf(before).column === null)
    return replaces && !hasFirstValue(after) ? 'the field is new and has no values to replace' : undefined;
  const isKnown = isSameJson(before.backfill ?? null, after.backfill);
  if (isKnown || fillOf(before, after) !== NO_FILLER || replacedValues(before, after)) return undefined;
  return replaces
    ? 'the values of a list or of JSON cannot be replaced'
    : 'the field is stored already, and a value is not required from now on';
}

/** Notices about new backfills that fill no record, although their author may expect it. */
export function backfillNotices(fields: readonly FieldChange[]): DeployNotice[] {
  return fields.flatMap(({ object, field, before, after }): DeployNotice[] => {
    const reason = after && reasonOf(before, after);
    if (reason === undefined) return [];
    const message = `The backfill of ${field} fills no record: ${reason}.`;
    return [{ code: 'backfill_not_used', object, field, message }];
  });
}
