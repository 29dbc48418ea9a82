/** Quotes a name for SQL. Every name is quoted, so that keywords can be names. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
