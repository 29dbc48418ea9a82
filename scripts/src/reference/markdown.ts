/** Text inside a table: one line, with its bars escaped. */
export const cell = (text: string) => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');

/** Inline code, fenced by more backticks than it contains. */
export function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

export const json = (value: unknown) => code(JSON.stringify(value));

export const fenced = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

export const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');

/** Joins parts of a page with blank lines; empty parts are omitted. */
export const joined = (parts: readonly (string | undefined)[]) =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');
