import type { ValidationRule } from '@objectstack/spec/data';
import type { JsonPath } from '@objectstack/spec/shared';
import type { BundleObject, RuleContext } from '../rule-context.js';
import { unknownField, warnOfUnknownField } from './unknown-field.js';

/** References of an object to its own fields must exist. */
export function checkObjectReferences(context: RuleContext): void {
  for (const object of context.objects) {
    const { displayNameField, compactLayout = [], validations = [] } = object.definition;
    if (displayNameField !== undefined && !object.fields.has(displayNameField)) {
      context.issues.error([...object.path, 'displayNameField'], unknownField(object, displayNameField));
    }
    for (const [place, name] of compactLayout.entries()) {
      warnOfUnknownField(context, object, { name, path: [...object.path, 'compactLayout', place] });
    }
    for (const [place, rule] of validations.entries()) {
      checkCarriedRule(context, object, { rule, path: [...object.path, 'validations', place] });
    }
  }
}

function checkCarriedRule(
  context: RuleContext,
  object: BundleObject,
  { rule, path }: { rule: ValidationRule; path: JsonPath },
): void {
  if (rule.type === 'unique') return;
  if (typeof rule.field === 'string')
    warnOfUnknownField(context, object, { name: rule.field, path: [...path, 'field'] });
  for (const [place, name] of (rule.type === 'cross_field' ? rule.fields : []).entries()) {
    warnOfUnknownField(context, object, { name, path: [...path, 'fields', place] });
  }
}
