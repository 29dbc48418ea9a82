import type { Catalogue } from '../catalogue/catalogue.js';
import { documentName } from '../json-schema/to-documents.js';
import { exampleValue } from './example-value.js';
import { HAND_WRITTEN } from './hand-written-examples.js';
import { referredName } from './places.js';
import type { SchemaNode } from './schema-node.js';

/** From what shows most to what shows least: how deep lists have an item, and how many properties are beyond need. */
const ATTEMPTS = [2, 0].flatMap((depth) => [4, 3, 2, 1, 0].map((extras) => ({ depth, extras })));

/** A valid value of each schema, by the name of its document: written by hand, or made where that is enough. */
export function examples({ entries }: Catalogue): Map<string, unknown> {
  const nodes = new Map(
    entries.map(({ name, inputDocument }) => [documentName(name), inputDocument as SchemaNode]),
  );
  const resolve = (reference: string) => nodes.get(referredName(reference)) ?? {};
  const known = (reference: string) => HAND_WRITTEN[referredName(reference)];
  const found = entries.map(({ name, schema, inputDocument }): [string, unknown] => {
    const key = documentName(name);
    if (key in HAND_WRITTEN) return [key, HAND_WRITTEN[key]];
    for (const attempt of ATTEMPTS) {
      const value = exampleValue(inputDocument as SchemaNode, { resolve, known, ...attempt });
      if (schema.safeParse(value).success) return [key, value];
    }
    throw new Error(`${name} needs an example that is written by hand.`);
  });
  return new Map(found);
}
