/** Every pattern of a JSON Schema or OpenAPI document, with the path of the schema that has it. */
export function patternsInDocument(document: unknown, path = ''): { path: string; pattern: string }[] {
  if (typeof document !== 'object' || document === null) return [];
  const { pattern, patternProperties = {} } = document as { pattern?: unknown; patternProperties?: object };
  const keys = Object.keys(patternProperties);
  const own = typeof pattern === 'string' ? [pattern, ...keys] : keys;
  return [
    ...own.map((text) => ({ path, pattern: text })),
    ...Object.entries(document).flatMap(([key, value]) => patternsInDocument(value, `${path}/${key}`)),
  ];
}
