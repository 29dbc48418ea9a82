/** A name as SQL: always quoted, so that keywords are names like any other. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
