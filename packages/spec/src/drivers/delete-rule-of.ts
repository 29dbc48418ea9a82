import type { Field } from '../data/field.zod.js';

/** What happens to records whose lookup refers to a deleted record. */
export type DeleteRule = 'cascade' | 'restrict' | 'set_null';

/**
 * Returns the effect of the deletion of a referenced record on the records that refer to it. A required lookup cannot
 * be cleared.
 */
export function deleteRuleOf({
  deleteBehavior,
  required,
}: Pick<Field, 'deleteBehavior' | 'required'>): DeleteRule {
  if (deleteBehavior === 'cascade') return 'cascade';
  return deleteBehavior === 'restrict' || required ? 'restrict' : 'set_null';
}
