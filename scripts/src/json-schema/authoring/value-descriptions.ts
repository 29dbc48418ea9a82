import { type FIELD_TYPES, type FieldEncoding, FieldTypeEnum, fieldTypeFacts } from '@objectstack/spec/data';

/** Separates the values of a description, which follow its first sentence: `set_null: …; cascade: …`. */
const SEPARATOR = /;\s+|\.\s+|\.$/;
const NAMES = /^((?:[\w.-]+)(?:(?:, | or |, or )[\w.-]+)*): (.+)$/s;

/** What a description of an enum says of each of its values. */
export function valueDescriptions(
  description: string,
  values: readonly unknown[],
): ReadonlyMap<unknown, string> {
  const known = new Set(values);
  const found = new Map<unknown, string>();
  for (const part of description.split(SEPARATOR)) {
    const [, names = '', text = ''] = NAMES.exec(part) ?? [];
    const named = names.split(/, or |, | or /);
    if (text !== '' && named.every((name) => known.has(name)))
      for (const name of named) found.set(name, sentence(text));
  }
  return found;
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

const STORED: Record<FieldEncoding, string> = {
  text: 'Text.',
  number: 'Number.',
  boolean: 'True or false.',
  date: 'Calendar date, for example 2026-01-31.',
  datetime: 'Timestamp in UTC, for example 2026-01-31T12:00:00Z.',
  time: 'Time of day, for example 12:00:00.',
  json: 'JSON value.',
  computed: 'Computed value. It is not stored.',
};

const FORMATS = { email: 'Email address.', url: 'URL.' } as const;

function fieldTypeText(type: keyof typeof FIELD_TYPES): string {
  const { encoding, format, hasOptions, isList, isReference } = fieldTypeFacts(type);
  if (isReference) return 'Id of a record of another object.';
  if (hasOptions) return isList ? 'List of options.' : 'One of the options.';
  if (isList) return 'List of texts.';
  if (type === 'autonumber') return 'Text with a number that is assigned to each new record.';
  return format ? FORMATS[format] : STORED[encoding];
}

/** What each field type stores. */
export const FIELD_TYPE_DESCRIPTIONS: ReadonlyMap<unknown, string> = new Map(
  FieldTypeEnum.options.map((type) => [type, fieldTypeText(type)]),
);
