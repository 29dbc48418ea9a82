import { type Field, type FieldEncoding, fieldValueModel, storageOf } from '@objectstack/spec/data';
import type { ChangeCode } from '@objectstack/spec/system';

export type WeakeningCode = Extract<ChangeCode, 'WI401' | 'WI402' | 'WI403' | 'WI404'>;

/** The foreign key of a field, before and after. */
export interface KeyChange {
  readonly isLost: boolean;
  /** Whether the field has a foreign key, which restricts its values to existing ids regardless of its other rules. */
  readonly exists: boolean;
}

const mayBecomeEmpty = (before: Field, after: Field) =>
  (before.required === true && !after.required) ||
  (before.storage?.notNull === true && !after.storage?.notNull);

/** Encodings in which values can violate a rule about length, options or format, or about the range of numbers. */
const TEXTS: ReadonlySet<FieldEncoding> = new Set(['text', 'json']);
const ANY_SIZE: ReadonlySet<FieldEncoding> = new Set(['number', 'text', 'json']);
const NUMBERS: ReadonlySet<FieldEncoding> = new Set(['number', 'json']);

type Rule = 'length' | 'lowest' | 'highest' | 'shortest' | 'options' | 'format';

/** Rules that writes must satisfy. Lists have only options. */
function rulesOf(field: Field): Set<Rule> {
  const { isList, options, storage } = fieldValueModel(field);
  const rules = new Set<Rule>(options ? ['options'] : []);
  if (isList) return rules;
  if (NUMBERS.has(storage.encoding)) {
    if (field.min !== undefined) rules.add('lowest');
    if (field.max !== undefined) rules.add('highest');
  }
  if (TEXTS.has(storage.encoding)) {
    if (field.minLength) rules.add('shortest');
    if (field.maxLength !== undefined) rules.add('length');
    if (field.type === 'email' || field.type === 'url') rules.add('format');
  }
  return rules;
}

/** Whether a rule about values is removed, not only changed, and the field can store values that violated it. */
function losesRule(before: Field, after: Field): boolean {
  const { encoding } = storageOf(after);
  const left = rulesOf(after);
  return [...rulesOf(before)].some((rule) => {
    const mayBreak = rule === 'lowest' || rule === 'highest' ? ANY_SIZE : TEXTS;
    return !left.has(rule) && mayBreak.has(encoding);
  });
}

/** Codes of the rules that a field loses, the most severe first. */
export function weakeningCodes(before: Field, after: Field, key: KeyChange): WeakeningCode[] {
  if (storageOf(before).column === null || storageOf(after).column === null) return [];
  return [
    ...(key.isLost ? (['WI401'] as const) : []),
    ...(mayBecomeEmpty(before, after) ? (['WI403'] as const) : []),
    ...(!key.exists && losesRule(before, after) ? (['WI404'] as const) : []),
  ];
}
