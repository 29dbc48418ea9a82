import type { ObjectDefinition, SeedDatasetInput } from '@objectstack/spec/data';
import type { AppManifestInput } from '@objectstack/spec/system';

export const company = {
  name: 'contacts__company',
  label: 'Company',
  fields: {
    name: { type: 'text', label: 'Name', required: true, unique: true },
    city: { type: 'text', label: 'City' },
  },
} satisfies ObjectDefinition;

export const person = {
  name: 'contacts__person',
  label: 'Person',
  fields: {
    email: { type: 'email', label: 'E-mail', required: true, unique: true },
    name: { type: 'text', label: 'Name', required: true },
    company: { type: 'lookup', reference: 'contacts__company', label: 'Company' },
    phone: { type: 'phone', label: 'Phone' },
  },
} satisfies ObjectDefinition;

export const companies = {
  object: 'contacts__company',
  externalId: 'name',
  records: [
    { name: 'Lindgren Machines', city: 'Lund' },
    { name: 'Ortiz & Sons', city: 'Vigo' },
  ],
} satisfies SeedDatasetInput;

export const people = {
  object: 'contacts__person',
  externalId: 'email',
  records: [
    { email: 'astrid@lindgren.example', name: 'Astrid', company: 'Lindgren Machines', phone: '+46 46 1' },
    { email: 'ines@ortiz.example', name: 'Inés', company: 'Ortiz & Sons' },
  ],
} satisfies SeedDatasetInput;

/** Companies, and the people who work there. */
export const contacts1 = {
  name: 'contacts',
  namespace: 'contacts',
  label: 'Contacts',
  version: '1.0.0',
  objects: [company, person],
  views: [
    {
      name: 'contacts__people',
      label: 'People',
      object: 'contacts__person',
      list: { type: 'grid', columns: ['name', 'email'] },
    },
  ],
  permissions: [
    {
      name: 'contacts__reader',
      label: 'Reader of contacts',
      objects: { contacts__company: { allowRead: true }, contacts__person: { allowRead: true } },
    },
  ],
  seedData: [companies, people],
} satisfies AppManifestInput;
