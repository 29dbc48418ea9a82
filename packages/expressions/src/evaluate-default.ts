import { type DefaultContext, type Field, isOffered } from '@objectstack/spec/data';
import { evaluateForField } from './evaluate-for-field.js';
import { type ExpressionOutcome, problemOf } from './expression-problem.js';

/**
 * The value of an expression that is the default of a field, which may use the variable `os.user.id`: the id of the user
 * who writes, or null. It must be one of the options of the field.
 */
export function evaluateDefault(
  field: Field,
  source: string,
  { now, actor }: Pick<DefaultContext, 'now' | 'actor'>,
): ExpressionOutcome<unknown> {
  const variables = { os: { user: { id: actor ?? null } } };
  const outcome = evaluateForField(field, source, { now, variables });
  if ('problem' in outcome || isOffered(field, outcome.value)) return outcome;
  return problemOf('unfit_value', 'it is not one of the options');
}

/** The value of an expression that is a default, for `defaultValueOf`; undefined if it has none. */
export function defaultFromExpression(field: Field, source: string, context: DefaultContext): unknown {
  const outcome = evaluateDefault(field, source, context);
  return 'value' in outcome ? (outcome.value ?? undefined) : undefined;
}
