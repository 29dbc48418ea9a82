import type { RecordRule } from '../shared/record-rule.zod.js';
import { encodeField } from './encode-field.js';
import type { Field } from './field.zod.js';
import { isReference } from './field-storage.js';
import { checkValue, type FieldValueModel, fieldValueModel, isMissing } from './field-value.js';
import { ruleExpectation } from './rule-expectation.js';

const models = new WeakMap<Field, FieldValueModel>();

/** A field is understood once, however many records are checked. */
function modelOf(field: Field): FieldValueModel {
  const known = models.get(field);
  if (known) return known;
  const model = fieldValueModel(field);
  models.set(field, model);
  return model;
}

/** Why a field cannot store the value, as the end of a sentence; undefined when it can. Says nothing of the value. */
export function storageProblem(field: Field, value: unknown): string | undefined {
  const model = modelOf(field);
  if (isReference(field) && value === '') return 'must not be empty text';
  const encoded = encodeField(model, value);
  const [rule] = 'rule' in encoded ? [encoded.rule] : brokenRules(model, value);
  return rule && ruleExpectation(rule, field);
}

/** Whether the value leaves the field empty for what `required` asks, as a write judges it. */
export function leavesEmpty(field: Field, value: unknown): boolean {
  const model = modelOf(field);
  const encoded = encodeField(model, value);
  return isMissing(model, 'rule' in encoded ? value : encoded.value);
}

/** Whether a field offers the value, or each value of a list. */
export function isOffered(field: Field, value: unknown): boolean {
  return !checkValue(modelOf(field), value).includes('option');
}

function brokenRules(model: FieldValueModel, value: unknown): RecordRule[] {
  return checkValue(model, value).filter((rule) => rule !== 'option');
}
