import { FIELD_STORAGE, type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';

/** Types with generated values or with references to existing records. */
const NOT_PLAIN = new Set(['autonumber', 'lookup', 'master_detail', 'tree', 'user']);

/** Field types whose values a caller can choose freely. */
export const PLAIN_TYPES = Object.entries(FIELD_STORAGE)
  .filter(([type, { column }]) => column !== null && !NOT_PLAIN.has(type))
  .map(([type]) => type as keyof typeof FIELD_STORAGE);

const ACCOUNT = {
  name: 'account',
  fields: {
    name: { type: 'text', required: true, minLength: 2, maxLength: 20 },
    code: { type: 'text', unique: true },
    nick: { type: 'text', unique: true, caseSensitive: false },
    status: {
      type: 'select',
      options: [
        { label: 'Open', value: 'open', default: true },
        { label: 'Closed', value: 'closed' },
      ],
    },
    budget: { type: 'number', min: 0, max: 1_000_000 },
    limit_amount: { type: 'number' },
    active: { type: 'boolean' },
    opened_on: { type: 'date' },
    seen_at: { type: 'datetime' },
    calls_at: { type: 'time' },
    notes: { type: 'textarea' },
    email: { type: 'email' },
    tags: { type: 'tags' },
    extra: { type: 'json' },
    origin: { type: 'text', readonly: true, defaultValue: 'web' },
    joined_on: { type: 'date', defaultValue: '{today}' },
    author: { type: 'text', defaultValue: '{current_user}' },
    number: { type: 'autonumber', autonumberFormat: 'A-{000}' },
    label: { type: 'formula' },
  },
} as const;

const CONTACT = {
  name: 'contact',
  fields: {
    name: { type: 'text' },
    account: { type: 'lookup', reference: 'account' },
    partners: { type: 'lookup', reference: 'account', multiple: true },
  },
} as const;

const INVOICE = {
  name: 'invoice',
  fields: {
    account: { type: 'lookup', reference: 'account', required: true, deleteBehavior: 'restrict' },
    amount: { type: 'currency' },
  },
} as const;

const FOLDER = {
  name: 'folder',
  fields: { name: { type: 'text' }, parent: { type: 'tree', deleteBehavior: 'cascade' } },
} as const;

const BOOKING = {
  name: 'booking',
  fields: { day: { type: 'date' }, room: { type: 'text' }, guest: { type: 'text' } },
  indexes: [{ fields: ['day', 'room'], unique: true }],
} as const;

const EVERYTHING = {
  name: 'everything',
  fields: Object.fromEntries(PLAIN_TYPES.map((type) => [`a_${type}`, { type }])),
};

/** Objects that are deployed for every check. */
export const SUITE_OBJECTS: readonly ObjectDefinition[] = [
  ACCOUNT,
  CONTACT,
  INVOICE,
  FOLDER,
  BOOKING,
  EVERYTHING,
].map((definition) => ObjectDefinitionSchema.parse(definition));
