import type { AppManifestInput, DeployBundleInput } from '@objectstack/spec/system';

const text = { type: 'text' } as const;

/** What the tenants of the checks have deployed themselves. */
export const OWN_BUNDLE = {
  manifest: { version: '1.0.0' },
  objects: [{ name: 'account', fields: { name: text } }],
  views: [{ name: 'accounts', object: 'account', list: { type: 'grid', columns: ['name'] } }],
} satisfies DeployBundleInput;

const PERSON = { code: { ...text, unique: true }, name: { ...text, label: 'Name' }, phone: text } as const;

/** An app with every kind of component, which extends an object of the tenant. */
export const CONTACTS = {
  name: 'contacts',
  namespace: 'contacts',
  version: '1.0.0',
  objects: [{ name: 'contacts__person', fields: PERSON }],
  objectExtensions: [{ extend: 'account', fields: { contacts__score: { type: 'number' } } }],
  views: [
    {
      name: 'contacts__people',
      label: 'People',
      object: 'contacts__person',
      list: { type: 'grid', columns: ['name'] },
    },
  ],
  flows: [{ name: 'contacts__welcome', label: 'Welcome', type: 'autolaunched', nodes: [], edges: [] }],
  permissions: [{ name: 'contacts__reader', objects: { contacts__person: { allowRead: true } } }],
  seedData: [
    {
      object: 'contacts__person',
      externalId: 'code',
      records: [
        { code: 'ann', name: 'Ann', phone: '1' },
        { code: 'bob', name: 'Bob', phone: '2' },
      ],
    },
  ],
} satisfies AppManifestInput;

/** Renames a field, adds one, and changes labels, the view and the seed data. */
export const CONTACTS_1_1 = {
  ...CONTACTS,
  version: '1.1.0',
  objects: [
    {
      name: 'contacts__person',
      fields: {
        code: PERSON.code,
        name: { ...text, label: 'Full name' },
        telephone: { ...text, renamedFrom: 'phone' },
        email: text,
      },
    },
  ],
  views: [
    {
      name: 'contacts__people',
      label: 'All people',
      object: 'contacts__person',
      list: { type: 'grid', columns: ['name', 'email'] },
    },
  ],
  seedData: [
    {
      object: 'contacts__person',
      externalId: 'code',
      records: [
        { code: 'ann', name: 'Anna' },
        { code: 'bob', name: 'Robert' },
        { code: 'cid', name: 'Cid' },
      ],
    },
  ],
} satisfies AppManifestInput;

/** An app that depends on {@link CONTACTS} and has settings. */
export const BILLING = {
  name: 'billing',
  namespace: 'billing',
  version: '1.0.0',
  dependencies: [{ appId: 'contacts', range: '^1.0.0' }],
  objects: [
    {
      name: 'billing__invoice',
      fields: { number: text, person: { type: 'lookup', reference: 'contacts__person' } },
    },
  ],
  settings: {
    api_key: { type: 'text', secret: true, required: true },
    limit: { type: 'number' },
    currency: { type: 'text', default: 'EUR' },
  },
} satisfies AppManifestInput;

/** Values of the settings of {@link BILLING}. The secret occurs nowhere else. */
export const BILLING_SETTINGS = { api_key: 'canary-5d1b7c', limit: 5 };

/** An app without dependencies, extensions and settings. */
export const NOTES = {
  name: 'notes',
  namespace: 'notes',
  version: '1.0.0',
  objects: [{ name: 'notes__note', fields: { title: text } }],
} satisfies AppManifestInput;

/** {@link CONTACTS} without what needs an object of the tenant. */
export const STANDALONE_CONTACTS = { ...CONTACTS, objectExtensions: [] } satisfies AppManifestInput;
