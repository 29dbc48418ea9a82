import type { Component } from '@objectstack/spec/system';
import { canonicalJson } from './hash-of.js';
import { isShared, once, share } from './share.js';

type Definition = Component['definition'];

/** The canonical JSON of the definition of a component. */
export const componentText = once<Definition, string>(canonicalJson);

/** An immutable copy with the keys in the same order. Throws `invalid_request` for a value that is not JSON. */
export function copyComponent(definition: Definition): Definition {
  if (isShared(definition)) return definition;
  canonicalJson(definition);
  return share(JSON.parse(JSON.stringify(definition)));
}
