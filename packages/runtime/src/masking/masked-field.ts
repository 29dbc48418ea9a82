import type { Field, FieldValueModel, MaskingRule } from '@objectstack/spec/data';

/** Facts about a field that decide how its values can be masked. */
export interface MaskedField {
  readonly field: Field;
  readonly model: FieldValueModel;
  readonly rule: MaskingRule;
  /** Whether the values of the field, alone or with those of others, must be unique. */
  readonly isUnique: boolean;
  /** Whether values that must be unique are compared without regard to case. */
  readonly ignoresCase: boolean;
  /** Whether a record must have a value. */
  readonly isRequired: boolean;
}

/** Masks a value that is neither null nor undefined. `at` identifies the place of the value among all values. */
export type Mask = (value: unknown, at: string) => unknown;

/** A mask, or the reason why the rule cannot be applied, to complete a sentence that begins with "the rule". */
export type MaskOrProblem = Mask | string;

/** Problem of a strategy under which different values could become equal. */
export const NOT_UNIQUE = 'would give several records the same value, and the values must be unique';

/** Problem of the strategy that shows a part of the value. */
export const ONLY_TEXTS = 'can be applied only to text; use another strategy';

/** Whether equal values of different records have different masks, which does not show how often a value occurs. */
export const variesByRecord = ({ rule, isUnique }: MaskedField): boolean =>
  rule.strategy === 'randomize' && !isUnique;
