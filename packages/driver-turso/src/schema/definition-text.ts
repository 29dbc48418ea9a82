import { type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';
import { issuesOf, ObjectStackError } from '@objectstack/spec/shared';
import { freezeDeeply, isFrozenDeeply, memoizeFrozen } from './freeze-deeply.js';
import { canonicalJson } from './hash-of.js';
import { isCopyOf } from './is-copy-of.js';
import { readJson } from './read-json.js';
import { sha256 } from './sha256.js';

const MAX_CACHED_TEXTS = 10_000;

/** Cached definitions by text, so that tenants and plans share one frozen object for equal definitions. */
const definitions = new Map<string, ObjectDefinition>();

function parseDefinition(text: string): ObjectDefinition {
  const value = readJson(text);
  const parsed = ObjectDefinitionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ObjectStackError({
    code: 'database_invalid',
    message: 'An object definition stored in _os_object is malformed. Restore the database from a backup.',
    details: { issues: issuesOf(parsed.error, { schema: ObjectDefinitionSchema, value }) },
  });
}

function remember(text: string, definition: ObjectDefinition): ObjectDefinition {
  if (definitions.size >= MAX_CACHED_TEXTS) definitions.clear();
  definitions.set(text, definition);
  return definition;
}

/** Parses an object definition as `_os_object` stores it. */
export function readDefinition(text: string): ObjectDefinition {
  return definitions.get(text) ?? remember(text, freezeDeeply(parseDefinition(text)));
}

/**
 * Non-canonical text, which takes a quarter of the time; canonical text if it contains `null`, which may stand for a
 * value that is not JSON.
 */
function quickText(definition: ObjectDefinition): string {
  try {
    const text = JSON.stringify(definition);
    if (!text.includes('null')) return text;
  } catch {
    // Not JSON: canonicalJson throws an error with a code.
  }
  return canonicalJson(definition);
}

/** The latest shared copy of each definition of a caller, who may have changed it since. */
const copies = new WeakMap<ObjectDefinition, ObjectDefinition>();

/** The shared copy of a definition; it does not change when the caller changes the original. */
export function internDefinition(definition: ObjectDefinition): ObjectDefinition {
  if (isFrozenDeeply(definition)) return definition;
  const known = copies.get(definition);
  if (known && isCopyOf(known, definition)) return known;
  const copy = copyOf(definition);
  if (typeof definition === 'object' && definition !== null) copies.set(definition, copy);
  return copy;
}

function copyOf(definition: ObjectDefinition): ObjectDefinition {
  const text = quickText(definition);
  const known = definitions.get(text);
  if (known) return known;
  const canonical = canonicalJson(JSON.parse(text));
  const copy = definitions.get(canonical) ?? remember(canonical, freezeDeeply(JSON.parse(canonical)));
  return remember(text, copy);
}

/** The canonical JSON of a definition. */
export const definitionText = memoizeFrozen<ObjectDefinition, string>(canonicalJson);

/** SHA-256 over the canonical JSON of a definition. */
export const definitionHash = memoizeFrozen((definition: ObjectDefinition) =>
  sha256(definitionText(definition)),
);

/** Whether an interned definition, which may be any JSON value, is valid metadata. */
export const isValidDefinition = memoizeFrozen(
  (definition: ObjectDefinition) => ObjectDefinitionSchema.safeParse(definition).success,
);
