import { DEFAULT_TOKENS } from '@objectstack/spec/data';
import type { FieldModel } from './object-model.js';

export interface DefaultContext {
  readonly now: string;
  readonly actor: string | undefined;
}

/** What the options say a new record starts with; a list may start with several. */
function defaultOption({ field, isList }: FieldModel): unknown {
  const values = (field.options ?? []).filter((option) => option.default).map(({ value }) => value);
  return isList && values.length > 0 ? values : values[0];
}

/** The value that a new record gets where none was given; undefined when the field has no default. */
export function defaultValueOf(model: FieldModel, { now, actor }: DefaultContext): unknown {
  const { field } = model;
  const { defaultValue } = field;
  if (defaultValue === undefined) return defaultOption(model);
  if (typeof defaultValue !== 'string') return defaultValue;
  const meaning = Object.hasOwn(DEFAULT_TOKENS, defaultValue) ? DEFAULT_TOKENS[defaultValue] : undefined;
  if (meaning === 'now') return field.type === 'date' ? now.slice(0, 10) : now;
  if (meaning === 'today') return now.slice(0, 10);
  if (meaning === 'current_user') return actor;
  return defaultValue;
}
