const TOKENS: Readonly<Record<string, string>> = {
  CURRENT_TIMESTAMP: 'NOW()',
  CURRENT_DATE: 'TODAY()',
};

/** Value of a DEFAULT that is a literal, NULL, the current timestamp or the current date; undefined if it is anything else. */
function literalOf(sql: string): { readonly value: unknown } | undefined {
  const given = sql.trim();
  const text = given.startsWith('(') && given.endsWith(')') ? given.slice(1, -1).trim() : given;
  const token = TOKENS[text.toUpperCase()];
  if (token !== undefined) return { value: token };
  if (/^null$/i.test(text)) return { value: null };
  if (/^(?:true|false)$/i.test(text)) return { value: text.toLowerCase() === 'true' };
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) return { value: Number(text) };
  const [, quoted] = /^'((?:[^']|'')*)'$/.exec(text) ?? [];
  return quoted === undefined ? undefined : { value: quoted.replaceAll("''", "'") };
}

/** Default value of a field of a type, from the DEFAULT of its column; undefined if the field cannot have it. */
export function defaultOf(sql: string, type: string): { readonly value: unknown } | undefined {
  const literal = literalOf(sql);
  if (!literal || literal.value === null) return literal;
  const { value } = literal;
  if (type === 'boolean')
    return [0, 1, true, false].includes(value as number) ? { value: Boolean(value) } : undefined;
  if (type === 'number') return typeof value === 'number' ? literal : undefined;
  if (type === 'json') return undefined;
  return typeof value === 'string' ? literal : undefined;
}
