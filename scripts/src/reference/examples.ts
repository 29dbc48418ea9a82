import { FIXTURES } from '../../../packages/spec/test/fixtures/index.js';
import type { Catalog } from '../catalog/catalog.js';
import { documentName } from '../json-schema/to-documents.js';
import { CHOSEN } from './chosen-examples.js';

const LONGEST = 60;
/** A fixture may test unusual values, such as characters of other scripts or strings of maximum length. */
const READABLE = /^[ -~\n]*$/;
const LONG_TEXT = /(.)\1{70}/;

const print = (value: unknown) => JSON.stringify(value, null, 2);

function isReadable(value: unknown): boolean {
  const text = print(value);
  return READABLE.test(text) && !LONG_TEXT.test(text) && text.split('\n').length <= LONGEST;
}

/** The valid fixture that shows most properties and is still readable. */
function fromFixtures(name: string): unknown {
  const valid = FIXTURES[name]?.valid ?? [];
  if (valid.length === 0) throw new Error(`${name} needs a valid value in packages/spec/test/fixtures.`);
  const readable = valid.filter(isReadable);
  const bySize = [...(readable.length > 0 ? readable : valid)].sort(
    (left, right) => print(right).length - print(left).length,
  );
  return bySize[0];
}

/** A valid value of each schema, by the name of its document. */
export function examples({ entries }: Catalog): Map<string, unknown> {
  return new Map(
    entries.map(({ name }) => {
      const key = documentName(name);
      const value = key in CHOSEN ? CHOSEN[key] : fromFixtures(name);
      return [key, JSON.parse(JSON.stringify(value))];
    }),
  );
}
