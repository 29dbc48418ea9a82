import type { AppManifestInput } from '@objectstack/spec/system';
import { companies, company, contacts1, people, person } from './contacts-1.js';

const { phone, ...others } = person.fields;

/** Renames the phone of people, adds their role, and shows it. */
export const contacts2 = {
  ...contacts1,
  version: '1.1.0',
  objects: [
    company,
    {
      ...person,
      fields: {
        ...others,
        mobile: { ...phone, label: 'Mobile', renamedFrom: 'phone' },
        role: {
          type: 'select',
          label: 'Role',
          options: [
            { value: 'buyer', label: 'Buyer' },
            { value: 'accountant', label: 'Accountant' },
          ],
        },
      },
    },
  ],
  views: [
    {
      name: 'contacts__people',
      label: 'People and roles',
      object: 'contacts__person',
      list: { type: 'grid', columns: ['name', 'role', 'email'] },
    },
  ],
  seedData: [
    companies,
    {
      ...people,
      records: [
        { email: 'astrid@lindgren.example', name: 'Astrid', company: 'Lindgren Machines', role: 'buyer' },
        { email: 'ines@ortiz.example', name: 'Inés', company: 'Ortiz & Sons', role: 'accountant' },
      ],
    },
  ],
} satisfies AppManifestInput;
