import { defineObject } from '@objectstack/spec/data';
import { choices } from '../choices.js';
import { technician } from '../technician.js';

export const technicianWithLicenses = defineObject({
  ...technician,
  fields: {
    ...technician.fields,
    licenses: {
      type: 'multiselect',
      label: 'May inspect',
      options: choices({
        lifting: 'Lifting gear',
        earthmoving: 'Earth-moving machines',
        electric: 'Electric tools',
      }),
    },
    license_valid_until: { type: 'date', label: 'License valid until' },
  },
});
