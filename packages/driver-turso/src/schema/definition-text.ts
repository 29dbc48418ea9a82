import { type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { deepFreeze } from './deep-freeze.js';
import { canonicalJson } from './hash.js';
import { readJson } from './stored-json.js';

const MOST_DEFINITIONS = 5_000;

/** By text, and the text of each: equal definitions are one frozen object, which many tenants and plans share. */
const definitions = new Map<string, ObjectDefinition>();
const texts = new WeakMap<ObjectDefinition, string>();

function parseDefinition(text: string): ObjectDefinition {
  const parsed = ObjectDefinitionSchema.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  throw new ObjectStackError({
    code: 'database_invalid',
    message: 'A stored object definition is malformed.',
    details: { issues: parsed.error.issues.map(({ path, code }) => ({ path: `/${path.join('/')}`, code })) },
  });
}

function remember(text: string, definition: ObjectDefinition): ObjectDefinition {
  deepFreeze(definition);
  if (definitions.size >= MOST_DEFINITIONS) definitions.clear();
  definitions.set(text, definition);
  texts.set(definition, canonicalJson(definition));
  return definition;
}

/** An object definition as `_os_object` keeps it. */
export function readDefinition(text: string): ObjectDefinition {
  return definitions.get(text) ?? remember(text, parseDefinition(text));
}

/** The shared copy of a definition that was handed in; the caller may change theirs later. */
export function internDefinition(definition: ObjectDefinition): ObjectDefinition {
  if (texts.has(definition)) return definition;
  const text = canonicalJson(definition);
  return definitions.get(text) ?? remember(text, JSON.parse(text));
}

/** Whether a definition is a shared copy, which never changes. */
export const isInterned = (definition: ObjectDefinition): boolean => texts.has(definition);

/** The canonical JSON of a definition. */
export function definitionText(definition: ObjectDefinition): string {
  return texts.get(definition) ?? canonicalJson(definition);
}
