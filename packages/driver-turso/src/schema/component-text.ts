import type { Component } from '@objectstack/spec/system';
import { canonicalJson } from './hash-of.js';
import { isShared, once, share } from './share.js';

type Definition = Component['definition'];

/** The canonical JSON of the definition of a component. */
export const componentText = once<Definition, string>(canonicalJson);

/** A copy that the caller cannot change, with its keys in the same order. Throws `invalid_request` for what is not JSON. */
export function copyComponent(definition: Definition): Definition {
  if (isShared(definition)) return definition;
  canonicalJson(definition);
  return share(JSON.parse(JSON.stringify(definition)));
}
