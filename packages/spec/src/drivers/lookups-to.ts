import type { LookupModel, ObjectModel } from './object-model.js';

/** Returns the lookup fields of all objects that refer to an object, each with the object that has the field. */
export function lookupsTo<Model extends ObjectModel>(
  models: Iterable<Model>,
  target: string,
): (LookupModel & { readonly model: Model })[] {
  return [...models].flatMap((model) =>
    model.lookups.filter((lookup) => lookup.target === target).map((lookup) => ({ ...lookup, model })),
  );
}
