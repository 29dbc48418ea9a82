import { defineObject } from '@objectstack/spec/data';

export const branch = defineObject({
  name: 'branch',
  label: 'Branch',
  pluralLabel: 'Branches',
  description: 'A depot that rents out and repairs machines.',
  fields: {
    code: {
      type: 'text',
      label: 'Code',
      required: true,
      unique: true,
      caseSensitive: false,
      externalId: true,
      minLength: 3,
      maxLength: 3,
    },
    name: { type: 'text', label: 'Name', required: true, unique: true, maxLength: 80 },
    phone: { type: 'phone', label: 'Phone' },
    email: { type: 'email', label: 'E-mail' },
    address: { type: 'address', label: 'Address' },
    position: { type: 'location', label: 'Position' },
    opens_at: { type: 'time', label: 'Opens at' },
    has_workshop: { type: 'boolean', label: 'Has a workshop', required: true, defaultValue: true },
  },
});
