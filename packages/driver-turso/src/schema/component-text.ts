import type { Component } from '@objectstack/spec/system';
import { freezeDeeply, isFrozenDeeply, memoizeFrozen } from './freeze-deeply.js';
import { canonicalJson } from './hash-of.js';

type Definition = Component['definition'];

/** The canonical JSON of the definition of a component. */
export const componentText = memoizeFrozen<Definition, string>(canonicalJson);

/** An immutable copy with the keys in the same order. Throws `invalid_request` for a value that is not JSON. */
export function copyComponent(definition: Definition): Definition {
  if (isFrozenDeeply(definition)) return definition;
  canonicalJson(definition);
  return freezeDeeply(JSON.parse(JSON.stringify(definition)));
}
