import {
  type DriverCapabilities,
  FIELD_STORAGE,
  MISTAKE_OBJECTS,
  type ObjectDefinition,
  ObjectDefinitionSchema,
} from '@objectstack/spec/data';
import { isArrayField, isJsonField } from './field-kinds.js';

/** Types with generated values or with references to existing records. */
const NOT_PLAIN = new Set(['autonumber', 'lookup', 'master_detail', 'tree', 'user']);

/** Field types whose values a caller can choose freely. */
export const PLAIN_TYPES = Object.entries(FIELD_STORAGE)
  .filter(([type, { column }]) => column !== null && !NOT_PLAIN.has(type))
  .map(([type]) => type as keyof typeof FIELD_STORAGE);

/** The plain types that a driver with these capabilities stores. */
export const plainTypes = (supports: Pick<DriverCapabilities, 'jsonFields' | 'arrayFields'>) =>
  PLAIN_TYPES.filter((type) =>
    isArrayField({ type }) ? supports.arrayFields : supports.jsonFields || !isJsonField({ type }),
  );

const EVERYTHING = {
  name: 'everything',
  fields: Object.fromEntries(PLAIN_TYPES.map((type) => [`a_${type}`, { type }])),
};

const evaluated = (type: string, source: string, facts: object = {}) => ({
  type,
  defaultValue: { dialect: 'cel', source },
  ...facts,
});

/** Fields whose defaults are expressions; those of the fields `no_…` have no value that the field can store. */
const EVALUATED = {
  name: 'evaluated',
  fields: {
    due: evaluated('date', 'daysFromNow(7)'),
    starts_at: evaluated('datetime', 'now()'),
    size: evaluated('number', '2 + 3'),
    author: evaluated('text', 'os.user.id'),
    is_new: evaluated('boolean', 'true', { required: true }),
    no_function: evaluated('number', 'unknown(1)'),
    no_syntax: evaluated('text', '1 +'),
    no_number: evaluated('number', '"text"'),
    no_option: evaluated('select', '"other"', { options: [{ label: 'One', value: 'one' }] }),
  },
};

/** Objects that are deployed for every check. */
export const SUITE_OBJECTS: readonly ObjectDefinition[] = [
  ...Object.values(MISTAKE_OBJECTS),
  EVERYTHING,
  EVALUATED,
].map((definition) => ObjectDefinitionSchema.parse(definition));
