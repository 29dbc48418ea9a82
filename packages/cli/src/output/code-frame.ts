const BEFORE = 2;
const AFTER = 1;
const WIDEST = 160;

/** The line of a place with its neighbors, and a mark below the column. */
export function codeFrame(text: string, { line, column }: { line: number; column: number }): string {
  const lines = text.split(/\r?\n/);
  const first = Math.max(1, line - BEFORE);
  const last = Math.min(lines.length, line + AFTER);
  const width = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const source = (lines[number - 1] ?? '').replaceAll('\t', ' ').slice(0, WIDEST);
    shown.push(`${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${source}`.trimEnd());
    if (number === line && column <= WIDEST)
      shown.push(`  ${' '.repeat(width)} | ${' '.repeat(column - 1)}^`);
  }
  return shown.join('\n');
}
