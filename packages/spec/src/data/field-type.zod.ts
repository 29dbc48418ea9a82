import * as z from 'zod';

export const FieldTypeEnum = z
  .enum([
    'text', 'textarea', 'email', 'url', 'phone', 'password',
    'markdown', 'html', 'richtext', 'code',
    'number', 'currency', 'percent', 'rating', 'slider', 'progress',
    'date', 'datetime', 'time',
    'boolean', 'toggle',
    'select', 'multiselect', 'radio', 'checkboxes', 'tags',
    'lookup', 'master_detail', 'tree',
    'image', 'file', 'avatar', 'video', 'audio', 'signature', 'qrcode',
    'formula', 'summary', 'autonumber',
    'location', 'address', 'json', 'color', 'vector',
  ])
  .describe('What kind of value a field holds.');
export type FieldType = z.infer<typeof FieldTypeEnum>;
