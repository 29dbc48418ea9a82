import { type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';

/** A value of a JSON column. Throws `database_invalid` without quoting it. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ObjectStackError({ code: 'database_invalid', message: 'A JSON column holds something else.' });
  }
}

const MOST_DEFINITIONS = 2_000;

/** By text: tenants with the same application share their definitions, and nobody changes one. */
const definitions = new Map<string, ObjectDefinition>();

/** An object definition as `_os_object` keeps it. */
export function readDefinition(text: string): ObjectDefinition {
  const known = definitions.get(text);
  if (known) return known;
  const definition = parseDefinition(text);
  if (definitions.size >= MOST_DEFINITIONS) definitions.clear();
  definitions.set(text, definition);
  return definition;
}

function parseDefinition(text: string): ObjectDefinition {
  const parsed = ObjectDefinitionSchema.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  throw new ObjectStackError({
    code: 'database_invalid',
    message: 'A stored object definition is malformed.',
    details: { issues: parsed.error.issues.map(({ path, code }) => ({ path: `/${path.join('/')}`, code })) },
  });
}
