/** Keys and positions that lead from the document to one of its values. */
export type JsonPath = readonly (string | number)[];

/** Returns the path as a JSON Pointer (RFC 6901). */
export function toJsonPointer(path: JsonPath): string {
  return path.map((step) => `/${escapeStep(String(step))}`).join('');
}

function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
