import {
  encodingFacts,
  type Field,
  type FieldStorage,
  fieldTypeFacts,
  fieldValueModel,
  storageOf,
} from '@objectstack/spec/data';
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
const hasLength = ({ encoding }: FieldStorage) => encodingFacts(encoding).rules.includes('length');
const hasRange = ({ encoding }: FieldStorage) => encodingFacts(encoding).rules.includes('range');

type Rule = 'length' | 'lowest' | 'highest' | 'shortest' | 'options' | 'format';

/** Rules that writes must satisfy. Lists have only options. */
function rulesOf(field: Field): Set<Rule> {
  const { isList, options, storage } = fieldValueModel(field);
  const rules = new Set<Rule>(options ? ['options'] : []);
  if (isList) return rules;
  if (hasRange(storage)) {
    if (field.min !== undefined) rules.add('lowest');
    if (field.max !== undefined) rules.add('highest');
  }
  if (hasLength(storage)) {
    if (field.minLength) rules.add('shortest');
    if (field.maxLength !== undefined) rules.add('length');
    if (fieldTypeFacts(field.type).format) rules.add('format');
  }
  return rules;
}

/** Whether a rule about values is removed, not only changed, and the field can store values that violated it. */
function losesRule(before: Field, after: Field): boolean {
  const storage = storageOf(after);
  const left = rulesOf(after);
  return [...rulesOf(before)].some((rule) => {
    const isRange = rule === 'lowest' || rule === 'highest';
    return !left.has(rule) && (hasLength(storage) || (isRange && hasRange(storage)));
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
