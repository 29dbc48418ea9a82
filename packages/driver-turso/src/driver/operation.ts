import type { ObjectModel } from './object-model.js';
import type { WriteContext } from './write-context.js';

/** Context of one call on an object, from one version of the metadata. */
export interface Operation extends WriteContext {
  /** Another object of the same version. */
  findModel(object: string): ObjectModel | undefined;
  /** Objects of the same version that have a lookup to this one. */
  referringTo(object: string): ObjectModel[];
}
