import {
  type Field,
  type FieldStorage,
  fieldTypeFacts,
  fieldValueModel,
  isList,
  storageOf,
} from '@objectstack/spec/data';
import type { ChangeCode } from '@objectstack/spec/system';
import { textLiteral } from '../../schema/text-literal.js';
import { MALFORMED_TEXT } from './malformed-text.js';

/**
 * A rule about values that becomes stricter. Only writes must satisfy it; of stored values, only missing ones require
 * approval.
 */
export interface StricterRule {
  readonly kind: string;
  readonly code: Extract<ChangeCode, 'DD201' | 'DD203' | 'DD206'>;
  /** SQL condition that a value violates the rule; absent if SQL cannot check it. */
  readonly breaks?: (value: string) => string;
  readonly what: string;
}

type Limit = 'minLength' | 'maxLength' | 'min' | 'max';

interface LimitRule {
  readonly kind: string;
  readonly what: string;
  readonly isUpper: boolean;
  readonly measure: string;
  /** Type of the values that a write measures; items of lists are not measured. */
  readonly of: FieldStorage['value'];
}

const LIMITS: Readonly<Record<Limit, LimitRule>> = {
  minLength: { kind: 'too_short', what: 'is too short', isUpper: false, measure: 'length', of: 'text' },
  maxLength: { kind: 'too_long', what: 'is too long', isUpper: true, measure: 'length', of: 'text' },
  min: { kind: 'too_small', what: 'is too small', isUpper: false, measure: '', of: 'number' },
  max: { kind: 'too_large', what: 'is too large', isUpper: true, measure: '', of: 'number' },
};

function limitRule(before: Field, after: Field, limit: Limit): StricterRule[] {
  const { kind, what, isUpper, measure, of } = LIMITS[limit];
  if (storageOf(after).value !== of) return [];
  const [was, is] = [before[limit], after[limit]];
  const isStricter = is !== undefined && (was === undefined || (isUpper ? is < was : is > was));
  if (!isStricter) return [];
  const breaks = (value: string) => `${measure}(${value}) ${isUpper ? '>' : '<'} ${is}`;
  return [{ kind, code: 'DD203', breaks, what }];
}

function optionRule(before: Field, after: Field): StricterRule[] {
  const [was, is] = [fieldValueModel(before), fieldValueModel(after)];
  const options = is.options;
  if (!options || (was.options && [...was.options].every((option) => options.has(option)))) return [];
  const offered = `(${[...options].map(textLiteral).join(', ')})`;
  const breaks = (value: string) =>
    is.isList
      ? `EXISTS (SELECT 1 FROM temp.json_each(${value}) AS _os_item WHERE _os_item.value NOT IN ${offered})`
      : `(${value}) NOT IN ${offered}`;
  return [{ kind: 'not_offered', code: 'DD206', breaks, what: 'is no longer offered' }];
}

function formatRule(before: Field, after: Field): StricterRule[] {
  const { format } = fieldTypeFacts(after.type);
  const breaks = isList(after) || !format ? undefined : MALFORMED_TEXT[format];
  if (!breaks || before.type === after.type) return [];
  return [{ kind: 'malformed', code: 'DD203', breaks, what: `is no ${after.type}` }];
}

/** The rule of a field that becomes required or is added as required. */
export function requiredRule(
  before: Field | undefined,
  after: Field,
): (StricterRule & Required<Pick<StricterRule, 'breaks'>>)[] {
  if (!after.required || before?.required) return [];
  const isJson = storageOf(after).encoding === 'json';
  const empty = isJson ? (isList(after) ? `('""', '[]')` : `('""')`) : `('')`;
  const breaks = (value: string) => `((${value}) IS NULL OR (${value}) IN ${empty})`;
  return [{ kind: 'missing', code: 'DD201', breaks, what: 'is missing' }];
}

/** Rules of a field that previously valid values may violate. */
export function stricterRules(before: Field, after: Field): StricterRule[] {
  const limits = (Object.keys(LIMITS) as Limit[]).flatMap((limit) => limitRule(before, after, limit));
  return [
    ...requiredRule(before, after),
    ...limits,
    ...optionRule(before, after),
    ...formatRule(before, after),
  ];
}
