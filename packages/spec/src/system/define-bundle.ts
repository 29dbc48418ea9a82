import type { ObjectInput } from '../data/define-object.js';
import type { DeployBundleInput } from './deploy-bundle.zod.js';
import type { DeployManifest } from './deploy-manifest.zod.js';

type Known<T> = { [K in keyof T as string extends K ? never : K]: T[K] };

/** A bundle as an author in TypeScript writes it: only known keys; `defineBundle` adds the manifest's name lists. */
export type BundleInput = Omit<Known<DeployBundleInput>, 'objects' | 'manifest'> & {
  manifest: Omit<Known<DeployManifest>, 'objects' | 'views' | 'flows' | 'permissions' | 'checksum'>;
  objects: readonly ObjectInput[];
};

const namesOf = (items: readonly { name: string }[] = []) => items.map((item) => item.name);

/** Makes a bundle of its parts and derives the manifest's lists of names from them. */
export function defineBundle(input: BundleInput): DeployBundleInput {
  return {
    ...input,
    objects: [...input.objects] as unknown as NonNullable<DeployBundleInput['objects']>,
    manifest: {
      ...input.manifest,
      objects: namesOf(input.objects),
      views: namesOf(input.views),
      flows: namesOf(input.flows),
      permissions: namesOf(input.permissions),
    },
  };
}
