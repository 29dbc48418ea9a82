import * as z from 'zod';
import { FIELD_TYPES, type FieldEncoding } from './field-types.js';

/** Error message for a field of type `secret`, whose value would be stored in clear text. */
const SECRET_REFUSED =
  'A field cannot store a secret, because field values are stored in clear text. Store the secret elsewhere and its name in a text field';

type Type = keyof typeof FIELD_TYPES;
const TYPES = Object.keys(FIELD_TYPES) as [Type, ...Type[]];

const typesOf = (...encodings: FieldEncoding[]) =>
  TYPES.filter((type) => encodings.includes(FIELD_TYPES[type].encoding)).join(', ');

export const FieldTypeEnum = z
  .enum(TYPES, { error: ({ input }) => (input === 'secret' ? SECRET_REFUSED : undefined) })
  .describe(
    `Data type of a field. Stored as text: ${typesOf('text')}; of these, select and radio store one of the options, autonumber a generated value, and lookup, master_detail, tree and user the id of another record. Stored as a number: ${typesOf('number')}. Stored as a boolean: ${typesOf('boolean')}. Stored as JSON: ${typesOf('json')}. Not stored: ${typesOf('computed')}. A date is a calendar day, YYYY-MM-DD; a datetime is a timestamp in ISO 8601 format with a time and a UTC offset or Z. Each accepts only its own format, except that seed data may give a timestamp for a date, which is truncated to its UTC day.`,
  );
export type FieldType = z.infer<typeof FieldTypeEnum>;
