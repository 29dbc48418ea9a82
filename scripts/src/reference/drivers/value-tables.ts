import {
  autonumberFormatText,
  DEFAULT_TOKENS,
  defaultValueOf,
  encodeField,
  FIELD_ENCODINGS,
  type Field,
  fieldValueModel,
  isMissing,
  parseAutonumberFormat,
  renderAutonumber,
  SYSTEM_FIELDS,
} from '@objectstack/spec/data';
import { code, json, table } from '../markdown.js';

const NOW = '2026-01-31T12:00:00.000Z';

/** Fields that every object has. */
export const systemFieldTable = (): string =>
  table(
    ['field', 'type', 'rules', 'value'],
    Object.entries<Field>(SYSTEM_FIELDS).map(([name, field]) => [
      code(name),
      code(field.type),
      [
        field.required && '`required`',
        field.readonly && '`readonly`',
        field.maxLength && `at most ${field.maxLength} characters`,
      ]
        .filter(Boolean)
        .join(', '),
      String(field.description),
    ]),
  );

const MEANINGS = {
  now: 'current timestamp: the time of the write',
  today: 'current date: the UTC day of the write',
  current_user: 'id of the current user: `actor` of the call; no value if it is omitted',
} as const;

/** Default tokens, and their values by encoding. */
export function defaultTokenTable(): string {
  const types: [string, Field['type']][] = Object.entries(FIELD_ENCODINGS).flatMap(([encoding, facts]) =>
    'tokens' in facts ? [[encoding, encoding as Field['type']]] : [],
  );
  const defaultOf = (type: Field['type'], token: string) => {
    const value = defaultValueOf({ type, defaultValue: token }, { now: NOW, actor: 'u1' });
    return value === token ? 'not a token' : json(value);
  };
  const meanings = Object.entries(MEANINGS) as [keyof typeof MEANINGS, string][];
  return table(
    ['tokens', 'meaning', ...types.map(([encoding]) => `of a ${encoding}`)],
    meanings.map(([meaning, text]) => {
      const tokens = Object.keys(DEFAULT_TOKENS).filter((token) => DEFAULT_TOKENS[token] === meaning);
      return [
        tokens.map(code).join(', '),
        text,
        ...types.map(([, type]) => defaultOf(type, tokens[0] ?? '')),
      ];
    }),
  );
}

const MISSING: readonly (readonly [Field, unknown])[] = [
  [{ type: 'text' }, null],
  [{ type: 'text' }, ''],
  [{ type: 'text' }, ' '],
  [{ type: 'number' }, 0],
  [{ type: 'boolean' }, false],
  [{ type: 'tags' }, []],
  [{ type: 'json' }, []],
  [{ type: 'json' }, ''],
  [{ type: 'json' }, null],
];

/** Which values are missing for which purpose. */
export function missingValueTable(): string {
  const rows = MISSING.map(([field, value]) => {
    const model = fieldValueModel(field);
    const encoded = encodeField(model, value);
    const stored = 'value' in encoded ? encoded.value : null;
    return [
      code(field.type),
      json(value),
      json(stored),
      isMissing(model, stored) ? 'no' : 'yes',
      stored === null ? 'missing' : 'a value',
    ];
  });
  return table(
    ['field', 'given', 'stored', 'satisfies `required`', 'in filters, order, unique fields'],
    rows,
  );
}

const FORMATS = ['A-{000}', 'N-', '', 'INV-{YYYY}-{0000}', '{MM}/{0}', '{plan_no}-{000}', '{000}-{DD}'];

/** Tokens other than that of the number. */
const tokensOf = (format: string) => format.match(/\{(?!0)\w+\}/g) ?? [];

/** Autonumber formats, numbers of each, and its counter. */
export function autonumberTable(): string {
  const rows = FORMATS.map((text) => {
    const field: Field = { type: 'autonumber', ...(text !== '' && { autonumberFormat: text }) };
    const { format } = parseAutonumberFormat(autonumberFormatText(field), (name) => name === 'plan_no');
    const { before, after, scope } = renderAutonumber(format, NOW, { plan_no: 'P1' });
    const numbered = (number: number) => `${before}${String(number).padStart(format.digits, '0')}${after}`;
    return [
      text === '' ? 'none' : code(text),
      [1, 2, 1234].map((number) => code(numbered(number))).join(', '),
      scope === '' ? 'one' : `one for each value of ${tokensOf(text).map(code).join(' and ')}`,
    ];
  });
  return table(['format', 'numbers 1, 2 and 1234', 'counters'], rows);
}
