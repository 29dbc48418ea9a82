import { defineBundle } from '@objectstack/spec/system';

/** The first version: nothing prevents two contacts with the same address. */
export const VERSION_1 = defineBundle({
  manifest: { version: '1.0.0' },
  objects: [
    {
      name: 'contact',
      fields: { name: { type: 'text', required: true }, email: { type: 'email' } },
    },
  ],
});

/** The second version: an address belongs to one contact. */
export const VERSION_2 = defineBundle({
  manifest: { version: '2.0.0' },
  objects: [
    {
      name: 'contact',
      fields: {
        name: { type: 'text', required: true },
        email: { type: 'email', unique: true },
        score: { type: 'number', index: true },
      },
    },
  ],
});
