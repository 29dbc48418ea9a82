import type * as z from 'zod';
import type { AnySchema } from './schema-parts.js';

/** Check without a JSON Schema keyword. */
export interface LostCheck {
  /** Name of the check in Zod; `custom` is a refinement. */
  readonly kind: string;
  /**
   * The requirement according to its message; absent if it has no message, so that the documentation cannot include it.
   */
  readonly sentence?: string;
  /** Message of Zod for a violation. */
  readonly message?: string;
}

interface CheckDefinition {
  readonly check: string;
  readonly error?: (issue: unknown) => unknown;
  readonly path?: readonly PropertyKey[];
  readonly pattern?: RegExp;
}

const WITH_A_KEYWORD = new Set([
  'describe',
  'excluded_pattern',
  'greater_than',
  'length_equals',
  'less_than',
  'max_length',
  'meta',
  'min_length',
  'multiple_of',
  'number_format',
  'text_length',
]);

const isKept = ({ check, pattern }: CheckDefinition) =>
  WITH_A_KEYWORD.has(check) || (check === 'string_format' && /^u?$/.test(pattern?.flags ?? 'none'));

function messageOf({ error }: CheckDefinition): string | undefined {
  const message = error?.({});
  return typeof message === 'string' && message !== '' ? message : undefined;
}

/** The message serves as the description: documentation and error use the same words. */
function inWords(message: string, { path = [] }: CheckDefinition): string {
  if (path.length > 0) return `\`${path.join('.')}\` ${message}.`;
  return `${message[0]?.toUpperCase()}${message.slice(1)}.`;
}

function checksOf(schema: AnySchema): readonly z.core.$ZodCheck<never>[] {
  const own = schema._zod.traits.has('$ZodCheck') ? [schema as unknown as z.core.$ZodCheck<never>] : [];
  return [...own, ...(schema._zod.def.checks ?? [])];
}

/**
 * The checks of a schema, not of its parts, that `z.toJSONSchema` omits silently. `inherited` checks are documented
 * elsewhere.
 */
export function lostChecks(schema: AnySchema, inherited?: AnySchema): LostCheck[] {
  const known = new Set(inherited && checksOf(inherited));
  return checksOf(schema)
    .filter((check) => !known.has(check))
    .map((check) => check._zod.def as unknown as CheckDefinition)
    .filter((definition) => !isKept(definition))
    .map((definition) => {
      const message = messageOf(definition);
      const told = message !== undefined && { message, sentence: inWords(message, definition) };
      return { kind: definition.check, ...told };
    });
}
