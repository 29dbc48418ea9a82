/**
 * Source of a CEL expression that is given as a value, `{ dialect: 'cel', source: 'today()' }`; undefined for any other
 * value. Further keys are ignored.
 */
export function celSourceOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { dialect, source } = value as { dialect?: unknown; source?: unknown };
  return dialect === 'cel' && typeof source === 'string' ? source : undefined;
}
