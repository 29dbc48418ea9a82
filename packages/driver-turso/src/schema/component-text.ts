import type { Component } from '@objectstack/spec/system';
import { freezeDeeply, isFrozenDeeply, memoizeFrozen } from './freeze-deeply.js';
import { canonicalJson } from './hash-of.js';
import { isCopyOf } from './is-copy-of.js';

type Definition = Component['definition'];

/** The canonical JSON of the definition of a component. */
export const componentText = memoizeFrozen<Definition, string>(canonicalJson);

/** The latest copy of each definition of a caller, who may have changed it since. */
const copies = new WeakMap<Definition, Definition>();

/**
 * An immutable copy with the keys in the same order, and the same one until the content of the definition changes. Throws
 * `invalid_request` for a value that is not JSON.
 */
export function copyComponent(definition: Definition): Definition {
  if (isFrozenDeeply(definition)) return definition;
  const known = copies.get(definition);
  if (known && isCopyOf(known, definition)) return known;
  canonicalJson(definition);
  const copy = freezeDeeply(JSON.parse(JSON.stringify(definition)));
  copies.set(definition, copy);
  return copy;
}
