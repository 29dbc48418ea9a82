import { type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';
import { issuesOf, ObjectStackError } from '@objectstack/spec/shared';
import { canonicalJson } from './hash-of.js';
import { readJson } from './read-json.js';
import { sha256 } from './sha256.js';
import { isShared, once, share } from './share.js';

const MOST_TEXTS = 10_000;

/** By text: equal definitions are mostly one frozen object, which many tenants and plans share. */
const definitions = new Map<string, ObjectDefinition>();

function parseDefinition(text: string): ObjectDefinition {
  const parsed = ObjectDefinitionSchema.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  throw new ObjectStackError({
    code: 'database_invalid',
    message: 'A stored object definition is malformed.',
    details: { issues: issuesOf(parsed.error) },
  });
}

function remember(text: string, definition: ObjectDefinition): ObjectDefinition {
  if (definitions.size >= MOST_TEXTS) definitions.clear();
  definitions.set(text, definition);
  return definition;
}

/** An object definition as `_os_object` keeps it. */
export function readDefinition(text: string): ObjectDefinition {
  return definitions.get(text) ?? remember(text, share(parseDefinition(text)));
}

/** As it was handed in, which takes a fourth of the time; in canonical form where a null may stand for what is no JSON. */
function quickText(definition: ObjectDefinition): string {
  try {
    const text = JSON.stringify(definition);
    if (!text.includes('null')) return text;
  } catch {
    // Not JSON, which the canonical form refuses with a code.
  }
  return canonicalJson(definition);
}

/** The shared copy of a definition that was handed in; the caller may change theirs later. */
export function internDefinition(definition: ObjectDefinition): ObjectDefinition {
  if (isShared(definition)) return definition;
  const text = quickText(definition);
  const known = definitions.get(text);
  if (known) return known;
  const canonical = canonicalJson(JSON.parse(text));
  const copy = definitions.get(canonical) ?? remember(canonical, share(JSON.parse(canonical)));
  return remember(text, copy);
}

/** The canonical JSON of a definition. */
export const definitionText = once<ObjectDefinition, string>(canonicalJson);

/** SHA-256 over the canonical JSON of a definition. */
export const definitionHash = once((definition: ObjectDefinition) => sha256(definitionText(definition)));

/** Whether a definition, which may be anything that was interned, is one that metadata may have. */
export const isValidDefinition = once(
  (definition: ObjectDefinition) => ObjectDefinitionSchema.safeParse(definition).success,
);
