import { type Field, storageOf } from '@objectstack/spec/data';
import type { ChangeCode, ChangeRisk } from '@objectstack/spec/system';
import { conversionOf } from './conversions/conversion-of.js';
import { isFirstValueCertain } from './conversions/filler.js';
import { replacedValues } from './conversions/value-change-of.js';
import type { PhysicalChange } from './physical-change.js';
import { requiredRule, stricterRules } from './stricter-rules.js';
import type { WeakeningCode } from './weakening-code.js';

const MAY_FAIL: ReadonlySet<ChangeCode> = new Set(['DS103', 'DS104', 'DD201']);

/** A new required field without a literal backfill or default may conflict with stored records. */
export function addedFieldCode(field: Field): ChangeCode {
  const isUnfilled = field.required && storageOf(field).column !== null && !isFirstValueCertain(field);
  return field.storage?.notNull || isUnfilled ? 'DD201' : 'SF002';
}

export function fieldChangeCode(before: Field, after: Field, physical: PhysicalChange | null): ChangeCode {
  if (physical === 'add_column') return addedFieldCode(after);
  if (physical === 'remove_column') return 'DS102';
  if (physical === 'retype_field') {
    if (conversionOf(before, after)?.fits) return 'DS103';
    return requiredRule(before, after).length > 0 ? 'DD201' : 'BC303';
  }
  if (physical === 'change_not_null' && after.storage?.notNull) return 'DD201';
  if (physical === 'change_reference') return 'DS104';
  return stricterRules(before, after)[0]?.code ?? (replacedValues(before, after) ? 'BC303' : 'SF005');
}

/** The code of a field that also loses rules. A weakening code replaces only codes of lower severity. */
export function codeWithWeakening(code: ChangeCode, [mostSevere]: readonly WeakeningCode[]): ChangeCode {
  const isLessSevere = code === 'SF005' || (code === 'DS104' && mostSevere === 'WI401');
  return mostSevere !== undefined && isLessSevere ? mostSevere : code;
}

/** Codes that require no action besides reviewing the possible rename; `weakens` lists the lost rules. */
const LESS_SEVERE = /^(SF|BC|WI)/;

/** The code of a field that may also be a missed rename. `RN401` replaces only codes of lower severity. */
export const codeWithMissedRename = (code: ChangeCode, isUnproven: boolean): ChangeCode =>
  isUnproven && LESS_SEVERE.test(code) ? 'RN401' : code;

export function riskOfCode(code: ChangeCode): ChangeRisk {
  if (code === 'DS102') return 'loses_data';
  if (code.startsWith('WI')) return 'weakens_integrity';
  return MAY_FAIL.has(code) ? 'may_fail' : 'safe';
}
