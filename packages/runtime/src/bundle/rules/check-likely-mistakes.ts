import { type Field, fieldTypeFacts, isList, isReference } from '@objectstack/spec/data';
import type { JsonPath, Steps } from '@objectstack/spec/shared';
import type { RuleContext } from '../rule-context.js';

/** Definitions that are valid, but probably not what their author intended. */
export function* checkLikelyMistakes(context: RuleContext): Steps<void> {
  for (const { definition, path } of context.objects) {
    for (const [name, field] of Object.entries(definition.fields)) {
      const at = [...path, 'fields', name];
      checkChoice(context, field, at);
      checkDeleteBehavior(context, field, at);
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

/** A pattern is not interpreted here, but whatever interprets it will fail. */
function checkPattern({ issues }: RuleContext, regex: unknown, path: JsonPath): void {
  const problem = typeof regex === 'string' ? patternProblem(regex) : undefined;
  if (problem === undefined) return;
  issues.warning(path, {
    code: 'invalid_value',
    message: `The regular expression is not valid: ${problem}.`,
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
