import type { ValidationRule } from '@objectstack/spec/data';
import type { JsonPath } from '@objectstack/spec/shared';
import { itemsOf, partOf, textOf } from '../part-of.js';
import type { BundleObject, RuleContext } from '../rule-context.js';
import { findObject, requireField, warnOfUnknownField } from './require-field.js';

/** References of an object to its own fields, and of its summaries to those of others, must exist. */
export function checkObjectReferences(context: RuleContext): void {
  for (const object of context.objects) {
    const { displayNameField, compactLayout, validations = [] } = object.definition;
    if (displayNameField !== undefined) {
      const path = [...object.path, 'displayNameField'];
      requireField(context, { object, name: displayNameField, path });
    }
    warnOfUnknownFields(context, object, { names: compactLayout, path: [...object.path, 'compactLayout'] });
    checkSummaries(context, object);
    for (const [place, rule] of validations.entries()) {
      checkCarriedRule(context, object, { rule, path: [...object.path, 'validations', place] });
    }
  }
}

function checkSummaries(context: RuleContext, { definition, path }: BundleObject): void {
  for (const [name, { type, summaryOperations }] of Object.entries(definition.fields)) {
    const at = [...path, 'fields', name, 'summaryOperations'];
    const source = type === 'summary' ? textOf(partOf(summaryOperations, 'object')) : undefined;
    const summarized = source === undefined ? undefined : findObject(context, source, [...at, 'object']);
    const field = textOf(partOf(summaryOperations, 'field'));
    if (summarized && field !== undefined)
      warnOfUnknownField(context, summarized, { name: field, path: [...at, 'field'] });
  }
}

function checkCarriedRule(
  context: RuleContext,
  object: BundleObject,
  { rule, path }: { rule: ValidationRule; path: JsonPath },
): void {
  if (rule.type === 'unique') return;
  const { field } = rule;
  if (typeof field === 'string')
    warnOfUnknownField(context, object, { name: field, path: [...path, 'field'] });
  if (rule.type !== 'cross_field') return;
  warnOfUnknownFields(context, object, { names: rule.fields, path: [...path, 'fields'] });
}

function warnOfUnknownFields(
  context: RuleContext,
  object: BundleObject,
  { names, path }: { names: unknown; path: JsonPath },
): void {
  for (const [place, item] of itemsOf(names)) {
    const name = textOf(item);
    if (name !== undefined) warnOfUnknownField(context, object, { name, path: [...path, place] });
  }
}
