import type { Field, ObjectDefinition } from '@objectstack/spec/data';
import type { DeployBundleInput } from '@objectstack/spec/system';

type Parts = Partial<Omit<DeployBundleInput, 'manifest'>>;

export function bundleOf(parts: Parts, version = '1.0.0'): DeployBundleInput {
  return { manifest: { version }, ...parts };
}

export function objectOf(name: string, fields: Record<string, Field>, rest: Partial<ObjectDefinition> = {}) {
  return { name, fields, ...rest };
}

const account = objectOf('account', {
  name: { type: 'text', required: true },
  industry: {
    type: 'select',
    options: [
      { label: 'Farming', value: 'farming' },
      { label: 'Ships', value: 'ships' },
    ],
  },
  main_contact: { type: 'lookup', reference: 'contact' },
});
const contact = objectOf('contact', {
  name: { type: 'text', required: true },
  email: { type: 'email', unique: true },
  account: { type: 'lookup', reference: 'account', deleteBehavior: 'restrict' },
});

/** Two objects that refer to each other, views, a flow, permissions, and seeds with lookups in both directions. */
export const CRM_1 = bundleOf({
  objects: [account, contact],
  views: [{ name: 'accounts', object: 'account', list: { type: 'grid', columns: ['name'] } }],
  flows: [{ name: 'welcome', label: 'Welcome', type: 'autolaunched', nodes: [], edges: [] }],
  permissions: [{ name: 'sales', objects: { account: { allowRead: true } } }],
  seedData: [
    {
      object: 'account',
      records: [
        { name: 'Acme', industry: 'ships', main_contact: 'Ann' },
        { name: 'Globex', industry: 'farming' },
      ],
    },
    {
      object: 'contact',
      records: [
        { name: 'Ann', email: 'ann@example.com', account: 'Acme' },
        { name: 'Bob', email: 'bob@example.com', account: 'Globex' },
      ],
    },
  ],
});

/** A new object, new fields with an index and a foreign key, a new view, and more seeds. */
export const CRM_2: DeployBundleInput = {
  ...CRM_1,
  manifest: { version: '2.0.0' },
  objects: [
    {
      ...account,
      fields: {
        ...account.fields,
        rating: { type: 'number', index: true },
        region: { type: 'lookup', reference: 'region' },
      },
    },
    contact,
    objectOf('region', { name: { type: 'text' } }),
  ],
  views: [
    ...(CRM_1.views ?? []),
    { name: 'regions', object: 'region', list: { type: 'grid', columns: ['name'] } },
  ],
  seedData: [...(CRM_1.seedData ?? []), { object: 'region', records: [{ name: 'North' }] }],
};
