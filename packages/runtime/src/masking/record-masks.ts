import {
  autonumberFormatText,
  type Field,
  fieldValueModel,
  isAutonumberTokenField,
  MaskingRuleSchema,
  type ObjectDefinition,
  parseAutonumberFormat,
  SYSTEM_FIELDS,
} from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { KeyedRandom } from './keyed-random.js';
import { maskOfField } from './mask-of-field.js';
import type { Mask } from './masked-field.js';
import { uniqueFieldsOf } from './unique-fields-of.js';

/** Masks of the fields that have a rule, by object and field. */
export type RecordMasks = ReadonlyMap<string, ReadonlyMap<string, Mask>>;

/** A rule that cannot be applied to its field. */
export interface MaskingProblem {
  readonly field: string;
  /** The reason, to complete a sentence that begins with "the rule". */
  readonly problem: string;
}

interface Issue {
  readonly path: string;
  readonly code: 'unusable_rule';
  readonly message: string;
}

const MALFORMED = 'is malformed; see the properties of maskingRule';

const rulesOf = ({ fields }: ObjectDefinition) =>
  Object.entries(fields).filter(([, { maskingRule }]) => maskingRule !== undefined && maskingRule !== null);

/** Whether the values of any field are to be masked. */
export const hasMaskingRules = (definitions: readonly ObjectDefinition[]): boolean =>
  definitions.some((definition) => rulesOf(definition).length > 0);

/** Autonumbers contain the values of other fields, and so do the names of their counters. */
function numberedBy(definition: ObjectDefinition, name: string): string | undefined {
  const { fields } = definition;
  const isField = (token: string) => isAutonumberTokenField(fields[token]);
  const found = Object.entries(fields).find(([, field]) => {
    if (field.type !== 'autonumber') return false;
    const { before, after } = parseAutonumberFormat(autonumberFormatText(field), isField).format;
    return [...before, ...after].some((part) => part.kind === 'field' && part.field === name);
  });
  return found?.[0];
}

function maskOf(
  random: KeyedRandom,
  definition: ObjectDefinition,
  { name, field }: { name: string; field: Field },
): Mask | string {
  const parsed = MaskingRuleSchema.safeParse(field.maskingRule);
  if (!parsed.success) return MALFORMED;
  const { field: named = name } = parsed.data;
  if (named !== name) return `names the field ${named}; it must name its own field`;
  if (Object.hasOwn(SYSTEM_FIELDS, name)) return 'cannot be applied to a field that every record has';
  const number = numberedBy(definition, name);
  if (number !== undefined) return `does not hide the value, which is part of the autonumber ${number}`;
  const unique = uniqueFieldsOf(definition).get(name);
  return maskOfField(random, {
    field,
    model: fieldValueModel(field),
    rule: parsed.data,
    isUnique: unique !== undefined,
    ignoresCase: unique?.ignoresCase === true,
    isRequired: field.required === true || field.storage?.notNull === true,
  });
}

function issueOf(object: string, { field, problem }: MaskingProblem): Issue {
  const path = `/${object}/${field}/maskingRule`;
  return { path, code: 'unusable_rule', message: `the rule of ${object}.${field} ${problem}` };
}

function unusable(issues: readonly Issue[]): ObjectStackError {
  const texts = issues.slice(0, 5).map(({ message }) => message);
  return new ObjectStackError({
    code: 'invalid_masking_rule',
    message: `Masking rules cannot be applied to their fields: ${texts.join('; ')}. Correct and deploy them, or clone without masking.`,
    details: { issues: [...issues] },
  });
}

/** Masks of the fields of one object, and the rules that cannot be applied. */
function readRules(random: KeyedRandom, definition: ObjectDefinition) {
  const masks = new Map<string, Mask>();
  const problems: MaskingProblem[] = [];
  for (const [field, facts] of rulesOf(definition)) {
    const mask = maskOf(random, definition, { name: field, field: facts });
    if (typeof mask === 'string') problems.push({ field, problem: mask });
    else masks.set(field, mask);
  }
  return { masks, problems };
}

/** The rules of an object that cannot be applied to their fields. */
export const maskingProblems = (definition: ObjectDefinition): MaskingProblem[] =>
  readRules(new KeyedRandom(), definition).problems;

/**
 * The masks that the rules of the fields ask for. Throws `invalid_masking_rule` with each rule that cannot be applied: a field
 * that should be masked is never left as it is.
 */
export function recordMasks(
  definitions: readonly ObjectDefinition[],
  random: KeyedRandom = new KeyedRandom(),
): RecordMasks {
  const read = definitions.map((definition) => ({ name: definition.name, ...readRules(random, definition) }));
  const issues = read.flatMap(({ name, problems }) => problems.map((problem) => issueOf(name, problem)));
  if (issues.length > 0) throw unusable(issues);
  return new Map(read.flatMap(({ name, masks }) => (masks.size > 0 ? [[name, masks]] : [])));
}

/** The record with masked values. */
export function maskRecord(
  masks: RecordMasks,
  object: string,
  record: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const ofObject = masks.get(object);
  if (!ofObject) return record;
  const masked = Object.entries(record).map(([name, value]) => {
    const mask = ofObject.get(name);
    const isPresent = value !== null && value !== undefined;
    return [name, mask && isPresent ? mask(value, `${object}/${record.id}/${name}`) : value];
  });
  return Object.fromEntries(masked);
}
