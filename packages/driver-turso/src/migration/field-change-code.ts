import { type Field, storageOf } from '@objectstack/spec/data';
import type { ChangeCode, ChangeRisk } from '@objectstack/spec/system';
import type { PhysicalChange } from './diff-fields.js';

const MAY_FAIL: ReadonlySet<ChangeCode> = new Set(['DS103', 'DS104', 'DD201']);

/** What was stored before and can be text as it is: everything but lists and other JSON. */
function fitsAsText(before: Field, after: Field): boolean {
  const from = storageOf(before);
  return from.column === null || (storageOf(after).encoding === 'text' && from.encoding !== 'json');
}

/** A new column that must hold a value fails as soon as there is a record. */
export function codeOfAddedField(field: Field): ChangeCode {
  return field.storage?.notNull ? 'DD201' : 'SF002';
}

export function codeOfChangedField(before: Field, after: Field, physical: PhysicalChange | null): ChangeCode {
  if (physical === 'retype_field') return fitsAsText(before, after) ? 'BC303' : 'DS103';
  if (physical === 'change_not_null') return after.storage?.notNull ? 'DD201' : 'SF008';
  return physical === 'change_reference' ? 'DS104' : 'SF005';
}

export function riskOfCode(code: ChangeCode): ChangeRisk {
  return MAY_FAIL.has(code) ? 'may_fail' : 'safe';
}
