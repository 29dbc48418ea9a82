import type { ObjectDefinition } from '@objectstack/spec/data';

const TYPES = ['text', 'number', 'boolean', 'date', 'select'] as const;

function field(object: number, index: number): [string, ObjectDefinition['fields'][string]] {
  if (index === 0) return ['name', { type: 'text', label: 'Name', required: true, maxLength: 200 }];
  if (index === 1 && object > 0)
    return ['parent', { type: 'lookup', label: 'Parent', reference: `object_${object - 1}` }];
  const type = TYPES[index % TYPES.length] ?? 'text';
  const options =
    type === 'select'
      ? {
          options: [
            { label: 'Open', value: 'open' },
            { label: 'Done', value: 'done' },
          ],
        }
      : {};
  return [
    `field_${index}`,
    { type, label: `Field ${index}`, description: 'A field of the sample.', ...options },
  ];
}

/** Objects with twenty fields, each with a lookup to the previous one. */
export function sampleObjects(count: number): ObjectDefinition[] {
  return Array.from({ length: count }, (_, object) => ({
    name: `object_${object}`,
    label: `Object ${object}`,
    fields: Object.fromEntries(Array.from({ length: 20 }, (_, index) => field(object, index))),
  }));
}
