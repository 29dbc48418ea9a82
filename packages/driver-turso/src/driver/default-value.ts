import { DEFAULT_TOKENS } from '@objectstack/spec/data';
import type { FieldModel } from './object-model.js';

export interface DefaultContext {
  readonly now: string;
  readonly actor: string | undefined;
}

/** The value that a new record gets where none was given; undefined when the field has no default. */
export function defaultValueOf({ field }: FieldModel, { now, actor }: DefaultContext): unknown {
  const { defaultValue } = field;
  if (defaultValue === undefined) return field.options?.find((option) => option.default)?.value;
  if (typeof defaultValue !== 'string') return defaultValue;
  const meaning = Object.hasOwn(DEFAULT_TOKENS, defaultValue) ? DEFAULT_TOKENS[defaultValue] : undefined;
  if (meaning === 'now') return field.type === 'date' ? now.slice(0, 10) : now;
  if (meaning === 'today') return now.slice(0, 10);
  if (meaning === 'current_user') return actor;
  return defaultValue;
}
