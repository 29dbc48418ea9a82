import type { ObjectInput } from '../data/define-object.js';
import type { KnownKeys } from '../shared/known-keys.js';
import type { DeployBundleInput } from './deploy-bundle.zod.js';

type Known = KnownKeys<DeployBundleInput>;

/** A bundle as an author in TypeScript writes it: only known keys; `defineBundle` adds the manifest's name lists. */
export type BundleInput = Omit<Known, 'objects' | 'manifest'> & {
  manifest: Omit<Known['manifest'], 'objects' | 'views' | 'flows' | 'permissions' | 'checksum'>;
  objects: readonly ObjectInput[];
};

const namesOf = (items: readonly { name: string }[] = []) => items.map((item) => item.name);

/** Makes a bundle of its parts and derives the manifest's lists of names from them. */
export function defineBundle(input: BundleInput): DeployBundleInput {
  return {
    ...input,
    objects: [...input.objects],
    manifest: {
      ...input.manifest,
      objects: namesOf(input.objects),
      views: namesOf(input.views),
      flows: namesOf(input.flows),
      permissions: namesOf(input.permissions),
    },
  };
}
