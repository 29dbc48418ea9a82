import { storageOf } from '@objectstack/spec/data';
import type { DeployNotice, FieldChange } from '@objectstack/spec/system';
import { isSameJson } from '../../schema/hash-of.js';
import { fillOf } from './conversions/filler.js';

/** Notices about new backfills that fill no record, although their author may expect it. */
export function backfillNotices(fields: readonly FieldChange[]): DeployNotice[] {
  return fields.flatMap(({ object, field, before, after }): DeployNotice[] => {
    if (!before || !after || after.backfill === undefined || storageOf(before).column === null) return [];
    const isKnown = isSameJson(before.backfill ?? null, after.backfill);
    if (isKnown || fillOf(before, after).value !== 'NULL') return [];
    const message = `The backfill of ${field} fills no record: the field is stored already, and a value is not required from now on.`;
    return [{ code: 'backfill_not_used', object, field, message }];
  });
}
