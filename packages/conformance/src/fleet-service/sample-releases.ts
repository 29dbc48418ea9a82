import type { DeployBundleInput } from '@objectstack/spec/system';

type Fields = NonNullable<NonNullable<DeployBundleInput['objects']>[number]['fields']>;

const bundle = (version: string, fields: Fields): DeployBundleInput => ({
  manifest: { version },
  objects: [{ name: 'account', fields }],
});

const FIELDS = {
  name: { type: 'text' },
  email: { type: 'email' },
  employees: { type: 'number' },
} as const satisfies Fields;

/** Versions of one bundle. */
export const RELEASES = {
  first: bundle('1.0.0', FIELDS),
  /** A field with an index. */
  indexed: bundle('2.0.0', { ...FIELDS, rating: { type: 'number', index: true } }),
  /** A unique field, which duplicates prevent. */
  unique: bundle('3.0.0', { ...FIELDS, email: { type: 'email', unique: true } }),
  /** A removed field, which needs approval. */
  removed: bundle('4.0.0', { name: FIELDS.name, employees: FIELDS.employees }),
} as const;

export type SampleRelease = keyof typeof RELEASES;

/** Approves the release `removed`. */
export const REMOVED_EMAIL = 'remove_field:account.email';
