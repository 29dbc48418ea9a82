import type { ObjectInput } from '../data/define-object.js';
import type { KnownKeys, OnlyKnown } from '../shared/known-keys.js';
import type { DeployBundleInput } from './deploy-bundle.zod.js';

type Known = KnownKeys<DeployBundleInput>;

/** A bundle written in TypeScript: only known keys; `defineBundle` adds the name lists of the manifest. */
export type BundleInput = Omit<Known, 'objects' | 'manifest'> & {
  manifest: Omit<Known['manifest'], 'objects' | 'views' | 'flows' | 'permissions' | 'checksum'>;
  objects: readonly ObjectInput[];
};

const namesOf = (items: readonly { name: string }[] = []) => items.map((item) => item.name);

/** Exists at compile time only. */
declare const OBJECTS: unique symbol;

/** A bundle that carries the types of its objects, for typed access to their records. */
export type BundleOf<Objects extends readonly ObjectInput[]> = DeployBundleInput & {
  readonly [OBJECTS]?: Objects;
};

/** Creates a bundle from its parts and derives the name lists of the manifest. */
export function defineBundle<const Objects extends readonly ObjectInput[]>(
  input: Omit<BundleInput, 'objects'> & {
    objects: { [Index in keyof Objects]: Objects[Index] & OnlyKnown<Objects[Index], ObjectInput> };
  },
): BundleOf<Objects> {
  const objects: readonly ObjectInput[] = input.objects;
  return {
    ...input,
    objects: [...objects],
    manifest: {
      ...input.manifest,
      objects: namesOf(objects),
      views: namesOf(input.views),
      flows: namesOf(input.flows),
      permissions: namesOf(input.permissions),
    },
  };
}
