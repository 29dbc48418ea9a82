import { evaluateDefault } from '@objectstack/expressions';
import {
  backfillProblem,
  backfillSourceOf,
  celSourceOf,
  DEFAULT_TOKENS,
  defaultProblem,
  type Field,
  isDefaultToken,
  isList,
  isReference,
  referenceTarget,
  storageOf,
} from '@objectstack/spec/data';
import { closestName, type JsonPath, type Steps, suggestName } from '@objectstack/spec/shared';
import type { BundleObject, RuleContext } from '../rule-context.js';
import { SAMPLE_TIME } from '../sample-time.js';
import { suggestOption } from '../suggest-option.js';
import { checkAutonumberFormat } from './check-autonumber-format.js';
import { spendSteps } from './spend-steps.js';

interface FieldPlace {
  readonly name: string;
  readonly field: Field;
  readonly object: BundleObject;
  readonly path: JsonPath;
}

/** The properties of a field must fit its type and each other. */
export function* checkFields(context: RuleContext): Steps<void> {
  for (const object of context.objects) {
    for (const [name, field] of Object.entries(object.definition.fields)) {
      const place = { name, field, object, path: [...object.path, 'fields', name] };
      checkName(context, place);
      checkBounds(context, place);
      checkOptions(context, place);
      checkDefault(context, place);
      checkDefaultExpression(context, place);
      checkBackfill(context, place);
      checkColumnIndex(context, place);
      checkAutonumberFormat(context, place);
      if (isReference(field)) checkReference(context, place);
    }
    yield;
  }
}

function checkName({ issues }: RuleContext, { name, field, path }: FieldPlace): void {
  if (field.name === undefined || field.name === name) return;
  const message = `The name of the field differs from its key ${name}. Remove the name, or make both equal.`;
  issues.error([...path, 'name'], { code: 'invalid_value', message, suggest: () => name });
}

function checkBounds({ issues }: RuleContext, { field, path }: FieldPlace): void {
  const { min, max, minLength, maxLength } = field;
  if (min !== undefined && max !== undefined && min > max) {
    issues.error([...path, 'min'], {
      code: 'invalid_value',
      message: 'min is greater than max. No value can satisfy both. Lower min, or raise max.',
    });
  }
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    issues.error([...path, 'minLength'], {
      code: 'invalid_value',
      message:
        'minLength is greater than maxLength. No value can satisfy both. Lower minLength, or raise maxLength.',
    });
  }
}

function checkOptions({ issues }: RuleContext, { field, path }: FieldPlace): void {
  const seen = new Set<string>();
  for (const [index, { value }] of (field.options ?? []).entries()) {
    if (seen.has(value)) {
      const at = [...path, 'options', index, 'value'];
      issues.error(at, {
        code: 'duplicate_name',
        message: `The option ${value} is listed twice. Remove one of them.`,
      });
    }
    seen.add(value);
  }
}

/** Id of the user for whom a default is evaluated to validate it. */
const SAMPLE_USER = 'user';

/** A default that is a CEL expression is evaluated once, and is not an error: without a value, it is not applied. */
function checkDefaultExpression(context: RuleContext, { field, path }: FieldPlace): void {
  const source = celSourceOf(field.defaultValue);
  if (source === undefined || storageOf(field).encoding === 'computed') return;
  const at = [...path, 'defaultValue'];
  if (!spendSteps(context, source, at)) return;
  const outcome = evaluateDefault(field, source, { now: SAMPLE_TIME, actor: SAMPLE_USER });
  if ('value' in outcome) return;
  const message = `The expression of the default ${outcome.problem.message}. New records get no default for this field.`;
  context.issues.warning(at, { code: 'expression_not_evaluated', message });
}

/** The default token that was probably meant. */
function tokenMeant(field: Field): string | undefined {
  const { defaultValue } = field;
  const tokens = Object.keys(DEFAULT_TOKENS).filter((token) => isDefaultToken(field, token));
  return typeof defaultValue === 'string' ? closestName(defaultValue, tokens) : undefined;
}

function checkDefault({ issues }: RuleContext, { field, path }: FieldPlace): void {
  const problem = defaultProblem(field);
  if (!problem) return;
  const suggest = () => tokenMeant(field) ?? suggestOption(field, field.defaultValue);
  issues.error([...path, 'defaultValue'], {
    code: 'invalid_default',
    message: `The default ${problem}.`,
    suggest,
  });
}

function checkBackfill({ issues }: RuleContext, { field, object, path }: FieldPlace): void {
  const problem = backfillProblem(field, object.definition.fields);
  if (!problem) return;
  const source = backfillSourceOf(field)?.field;
  const isUnknown = source !== undefined && !object.fields.has(source);
  issues.error([...path, 'backfill'], {
    code: 'invalid_backfill',
    message: `The backfill ${problem}.`,
    suggest: () =>
      isUnknown ? closestName(source, object.fields.keys()) : suggestOption(field, field.backfill),
  });
}

function checkColumnIndex({ issues }: RuleContext, { field, path }: FieldPlace): void {
  const { comparand, column } = storageOf(field);
  if (field.unique && comparand === 'presence') {
    const message = 'A field that is computed or stored as JSON cannot be unique. Remove unique.';
    issues.error([...path, 'unique'], { code: 'invalid_value', message });
  }
  if (field.index && column === null) {
    const message = 'No index is created for a computed field. Remove index.';
    issues.warning([...path, 'index'], { code: 'index_not_made', message });
  }
}

function checkReference(
  { issues, objectsByName, unparsed }: RuleContext,
  { field, object, path }: FieldPlace,
): void {
  const target = referenceTarget(field, object.definition.name);
  if (target === undefined) {
    issues.error(path, {
      code: 'missing_reference',
      message: `A field of type ${field.type} requires reference, the name of an object.`,
    });
  } else if (unparsed.objects.has(target)) {
    return;
  } else if (!objectsByName.has(target)) {
    const message = `The object ${target} is not in the bundle: no foreign key is created for this field.`;
    const suggest = () => suggestName(target, [...objectsByName.keys()]);
    const at = field.reference === undefined ? path : [...path, 'reference'];
    issues.warning(at, { code: 'unknown_object', message, suggest });
  } else if (isList(field)) {
    const message = 'No foreign key is created for a lookup with multiple values.';
    issues.info([...path, 'multiple'], { code: 'foreign_key_not_made', message });
  }
}
