import type { CheckedObject, ObjectKeys } from '../data/checked-object.js';
import type { ObjectInput } from '../data/define-object.js';
import type { KnownKeys } from '../shared/known-keys.js';
import type { CheckedView, ViewKeys } from './checked-view.js';
import type { DeployBundleInput } from './deploy-bundle.zod.js';

type Known = KnownKeys<DeployBundleInput>;

type ManifestInput = Omit<Known['manifest'], 'objects' | 'views' | 'flows' | 'permissions' | 'checksum'>;

/** A bundle written in TypeScript: only known keys; `defineBundle` adds the name lists of the manifest. */
export type BundleInput = Omit<Known, 'objects' | 'manifest'> & {
  manifest: ManifestInput;
  objects: readonly ObjectInput[];
};

const namesOf = (items: readonly { name: string }[] = []) => items.map((item) => item.name);

/** Exists at compile time only. */
declare const OBJECTS: unique symbol;

/** A bundle that carries the types of its objects, for typed access to their records. */
export type BundleOf<Objects extends readonly ObjectInput[]> = DeployBundleInput & {
  readonly [OBJECTS]?: Objects;
};

/** The types of the objects that a bundle carries or lists; never if they are not known. */
export type ObjectsOf<Bundle> = Bundle extends {
  readonly [OBJECTS]?: infer Objects extends readonly ObjectInput[];
}
  ? Objects
  : Bundle extends { readonly objects: infer Objects extends readonly ObjectInput[] }
    ? Objects
    : never;

/** The keys of a manifest that an author writes. */
interface ManifestKeys extends ManifestInput {
  version: Known['manifest']['version'];
}

/** The keys of a bundle with their descriptions; the types of some are inferred. */
type DescribedKeys = {
  [Key in keyof Known]: Key extends 'manifest' | 'objects' | 'views' ? unknown : Known[Key];
};

/** A bundle written in TypeScript, whose objects and views have been inferred. */
interface BundleKeys<Objects, Views> extends DescribedKeys {
  manifest: ManifestKeys;
  objects: { [Index in keyof Objects]: CheckedObject<Objects[Index], Objects> };
  views?: { [Index in keyof Views]: CheckedView<Views[Index], Objects> } | undefined;
}

/**
 * Creates a bundle from its parts and derives the name lists of the manifest. The compiler rejects unknown keys, what
 * `defineObject` rejects, and unknown fields in the summaries and in the columns of views.
 */
export function defineBundle<
  const Objects extends readonly ObjectKeys[],
  const Views extends readonly ViewKeys[] = readonly ViewKeys[],
>(input: BundleKeys<Objects, Views>): BundleOf<Objects> {
  // The inferred types differ only where the compiler has rejected the call.
  const bundle = input as unknown as BundleInput;
  return {
    ...bundle,
    objects: [...bundle.objects],
    manifest: {
      ...bundle.manifest,
      objects: namesOf(bundle.objects),
      views: namesOf(bundle.views),
      flows: namesOf(bundle.flows),
      permissions: namesOf(bundle.permissions),
    },
  };
}
