import { defineObject } from '@objectstack/spec/data';
import { choices } from '../choices.js';
import { technician } from '../technician.js';

export const technicianWithLicences = defineObject({
  ...technician,
  fields: {
    ...technician.fields,
    licences: {
      type: 'multiselect',
      label: 'May inspect',
      options: choices({
        lifting: 'Lifting gear',
        earthmoving: 'Earth-moving machines',
        electric: 'Electric tools',
      }),
    },
    licence_valid_until: { type: 'date', label: 'Licence valid until' },
  },
});
