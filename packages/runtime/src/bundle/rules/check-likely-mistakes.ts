import { type Field, fieldTypeFacts, isList, isReference, storageOf } from '@objectstack/spec/data';
import type { JsonPath, Steps } from '@objectstack/spec/shared';
import type { RuleContext } from '../rule-context.js';

/** Definitions that are valid, but probably not what their author intended. */
export function* checkLikelyMistakes(context: RuleContext): Steps<void> {
  for (const { definition, path } of context.objects) {
    for (const [name, field] of Object.entries(definition.fields)) {
      const at = [...path, 'fields', name];
      checkChoice(context, field, at);
      checkDeleteBehavior(context, field, at);
      checkBoundsApply(context, field, at);
      checkRating(context, field, at);
      checkComputation(context, field, at);
    }
    for (const [place, rule] of (definition.validations ?? []).entries()) {
      if (rule.type === 'format') checkPattern(context, rule.regex, [...path, 'validations', place, 'regex']);
    }
    yield;
  }
}

/** A field that offers a choice, but nothing to choose from, accepts any value. */
function checkChoice({ issues }: RuleContext, { type, options }: Field, path: JsonPath): void {
  if (!fieldTypeFacts(type).hasOptions || options?.length) return;
  const message = `The field has the type ${type}, but no options: it accepts any value. List them, for example [{ "label": "Open", "value": "open" }].`;
  issues.warning(options ? [...path, 'options'] : path, { code: 'missing_options', message });
}

function checkDeleteBehavior({ issues }: RuleContext, field: Field, path: JsonPath): void {
  if (!field.required || field.deleteBehavior !== 'set_null' || !isReference(field) || isList(field)) return;
  const message =
    'A required lookup cannot be cleared: set_null acts as restrict. Write restrict or cascade, or remove required.';
  issues.warning([...path, 'deleteBehavior'], { code: 'invalid_value', message, suggest: () => 'restrict' });
}

/** The bounds of numbers and texts, the values that they apply to, and the bounds that authors confuse them with. */
const BOUNDS = [
  { key: 'min', value: 'number', bounded: 'numbers', other: 'minLength' },
  { key: 'max', value: 'number', bounded: 'numbers', other: 'maxLength' },
  { key: 'minLength', value: 'text', bounded: 'the length of strings', other: 'min' },
  { key: 'maxLength', value: 'text', bounded: 'the length of strings', other: 'max' },
] as const;

/** A bound is ignored for values that have no such size. JSON may be a number or a text. */
function checkBoundsApply({ issues }: RuleContext, field: Field, path: JsonPath): void {
  const value = isList(field) ? 'list' : storageOf(field).value;
  if (value === 'json') return;
  for (const bound of BOUNDS) {
    if (field[bound.key] === undefined || bound.value === value) continue;
    const isConfused = (value === 'number' || value === 'text') && field[bound.other] === undefined;
    const type = value === 'list' ? 'with a list of values' : `of type ${field.type}`;
    issues.warning([...path, bound.key], {
      code: 'invalid_value',
      message: `${bound.key} bounds ${bound.bounded}: it has no effect on a field ${type}. Remove ${bound.key}.`,
      suggest: () => (isConfused ? bound.other : undefined),
    });
  }
}

/** The highest rating is stored only, but whatever displays the default will not be able to. */
function checkRating({ issues }: RuleContext, field: Field, path: JsonPath): void {
  const { type, defaultValue, maxRating } = field;
  if (type !== 'rating' || typeof defaultValue !== 'number' || typeof maxRating !== 'number') return;
  if (defaultValue <= maxRating) return;
  const message = 'The default is greater than maxRating. Lower it, or raise maxRating.';
  issues.warning([...path, 'defaultValue'], { code: 'invalid_default', message });
}

/** What a computed field is computed from, with an example. */
const COMPUTATIONS = {
  formula: ['expression', '"price * quantity"'],
  summary: ['summaryOperations', '{ "object": "task", "field": "hours", "function": "sum" }'],
} as const;

function checkComputation({ issues }: RuleContext, field: Field, path: JsonPath): void {
  if (field.type !== 'formula' && field.type !== 'summary') return;
  const [key, example] = COMPUTATIONS[field.type];
  if (field[key] !== undefined) return;
  const message = `A field of type ${field.type} requires ${key}, for example ${example}.`;
  issues.warning(path, { code: 'unknown_shape', message });
}

/** A pattern is not interpreted here, but whatever interprets it will fail. */
function checkPattern({ issues }: RuleContext, regex: unknown, path: JsonPath): void {
  const problem = typeof regex === 'string' ? patternProblem(regex) : undefined;
  if (problem === undefined) return;
  issues.warning(path, {
    code: 'invalid_value',
    message: `The regular expression is not valid: ${problem}. Correct it, or write a backslash before characters without their special meaning.`,
  });
}

/** Why a text is no regular expression, without the text itself; undefined if it is one. */
function patternProblem(regex: string): string | undefined {
  try {
    new RegExp(regex);
    return undefined;
  } catch (error) {
    const [, reason = 'invalid syntax'] = /: ([^:/]+)$/.exec(String(error)) ?? [];
    return reason.toLowerCase();
  }
}
