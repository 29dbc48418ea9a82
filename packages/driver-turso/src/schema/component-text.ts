import type { Component } from '@objectstack/spec/system';
import { freezeDeeply, isFrozenDeeply, memoizeFrozen } from './freeze-deeply.js';
import { canonicalJson } from './hash-of.js';

type Definition = Component['definition'];

/** The canonical JSON of the definition of a component. */
export const componentText = memoizeFrozen<Definition, string>(canonicalJson);

/** The latest copy of each definition of a caller, who may have changed it since, and its text. */
const copies = new WeakMap<Definition, { readonly text: string; readonly copy: Definition }>();

/**
 * An immutable copy with the keys in the same order, the same one as long as the definition is unchanged. Throws
 * `invalid_request` for a value that is not JSON.
 */
export function copyComponent(definition: Definition): Definition {
  if (isFrozenDeeply(definition)) return definition;
  const known = copies.get(definition);
  // `null` in a text may stand for a value that is not JSON.
  if (known && !known.text.includes('null') && JSON.stringify(definition) === known.text) return known.copy;
  canonicalJson(definition);
  const text = JSON.stringify(definition);
  const copy = freezeDeeply(JSON.parse(text));
  copies.set(definition, { text, copy });
  return copy;
}
