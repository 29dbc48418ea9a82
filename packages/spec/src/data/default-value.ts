import { celSourceOf } from './cel-expression.js';
import { DEFAULT_TOKENS, type DefaultTokenMeaning } from './default-tokens.js';
import type { Field } from './field.zod.js';
import { isList, storageOf } from './field-storage.js';
import { encodingFacts } from './field-types.js';

export interface DefaultContext {
  /** Timestamp of the write, in UTC with milliseconds. */
  readonly now: string;
  /** Identifier of the user who writes; undefined if unknown. */
  readonly actor: string | undefined;
  /**
   * Evaluates a CEL expression; undefined if it has no value that the field can store. If omitted, a default that is an
   * expression is not applied.
   */
  readonly evaluate?: (field: Field, source: string, context: DefaultContext) => unknown;
}

function meaningOf(value: unknown): DefaultTokenMeaning | undefined {
  return typeof value === 'string' && Object.hasOwn(DEFAULT_TOKENS, value)
    ? DEFAULT_TOKENS[value]
    : undefined;
}

function tokenOf(field: Field, value: unknown): DefaultTokenMeaning | undefined {
  const meaning = meaningOf(value);
  const { encoding } = storageOf(field);
  const isAllowed =
    meaning === 'current_user' ? encoding === 'text' : encodingFacts(encoding).tokens !== undefined;
  return isAllowed ? meaning : undefined;
}

/** Whether a default is a token that a field of this type can have. */
export const isDefaultToken = (field: Field, value: unknown): boolean => tokenOf(field, value) !== undefined;

/** Whether the default of a field is computed for each record: from a token or from a CEL expression. */
export const isComputedDefault = (field: Field): boolean =>
  isDefaultToken(field, field.defaultValue) || celSourceOf(field.defaultValue) !== undefined;

/** The default given by the options; a list may have several. */
function defaultOption(field: Field): unknown {
  const values = (field.options ?? []).filter((option) => option.default).map(({ value }) => value);
  return isList(field) && values.length > 0 ? values : values[0];
}

/**
 * Returns the default value of a field in a new record, with default tokens replaced by their values for the write:
 * its timestamp, its user, and a function that evaluates CEL expressions. Undefined if the field has no default.
 */
export function defaultValueOf(field: Field, context: DefaultContext): unknown {
  const { now, actor, evaluate } = context;
  const { defaultValue } = field;
  if (defaultValue === undefined) return defaultOption(field);
  const source = celSourceOf(defaultValue);
  if (source !== undefined) return evaluate?.(field, source, context);
  const token = tokenOf(field, defaultValue);
  if (token === undefined) return defaultValue;
  return token === 'current_user' ? actor : encodingFacts(storageOf(field).encoding).tokens?.[token](now);
}
