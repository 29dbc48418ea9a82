/** A name as SQL: always quoted, so that keywords are names like any other. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL literal, for the few places that take no placeholder. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
