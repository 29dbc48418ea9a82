import * as z from 'zod';

/** Error message for a field of type `secret`, whose value would be stored in clear text. */
const SECRET_REFUSED =
  'A field cannot store a secret, because field values are stored in clear text. Store the secret elsewhere and its name in a text field';

export const FieldTypeEnum = z
  .enum(
    [
      'text',
      'textarea',
      'email',
      'url',
      'phone',
      'password',
      'markdown',
      'html',
      'richtext',
      'code',
      'number',
      'currency',
      'percent',
      'rating',
      'slider',
      'progress',
      'date',
      'datetime',
      'time',
      'boolean',
      'toggle',
      'select',
      'multiselect',
      'radio',
      'checkboxes',
      'tags',
      'lookup',
      'master_detail',
      'tree',
      'user',
      'image',
      'file',
      'avatar',
      'video',
      'audio',
      'signature',
      'qrcode',
      'formula',
      'summary',
      'autonumber',
      'location',
      'address',
      'json',
      'color',
      'vector',
      'composite',
      'repeater',
      'record',
    ],
    { error: ({ input }) => (input === 'secret' ? SECRET_REFUSED : undefined) },
  )
  .describe(
    'Data type of a field. Stored as text: text, textarea, email, url, phone, password, markdown, html, richtext, code, color, qrcode, select, radio (one of the options), autonumber (generated), and lookup, master_detail, tree and user (id of another record). Stored as a number: number, currency, percent, rating, slider, progress. Stored as a boolean: boolean, toggle. Stored as JSON: multiselect, checkboxes, tags, image, file, avatar, video, audio, signature, location, address, json, vector, composite, repeater, record. Not stored: formula, summary. A date is a calendar day, YYYY-MM-DD; a datetime is a timestamp in ISO 8601 format with a time and a UTC offset or Z. Each accepts only its own format, except that seed data may give a timestamp for a date, which is truncated to its UTC day.',
  );
export type FieldType = z.infer<typeof FieldTypeEnum>;
