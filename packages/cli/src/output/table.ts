import CliTable from 'cli-table3';
import type { Style } from './style.js';

const GAP = 2;
const LEAST = 8;

const NO_BORDERS = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((part) => [part, '']),
);

/** Characters that would break a line, control a terminal or reorder the text. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Text of a value in which control characters are visible. */
export const visibleText = (value: unknown): string =>
  (typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)).replace(
    CONTROLS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Widths that fit into the line: the widest columns are shortened first. */
function fittingWidths(natural: readonly number[], columns: number | undefined): number[] {
  const widths = [...natural];
  if (columns === undefined) return widths;
  const total = () => widths.reduce((sum, width) => sum + width, 0);
  while (total() > columns) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= LEAST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

const ASCII = /^[\x20-\x7e]*$/;

/** A text of ASCII characters in its column, like `cli-table3` aligns it. */
function fitted(text: string, width: number): string {
  const room = width - GAP;
  return (text.length > room ? `${text.slice(0, room - 1)}…` : text).padEnd(width);
}

/** Lines of cells whose characters are all one column wide. Measuring others takes most of the time of short commands. */
const asciiLines = (rows: readonly (readonly string[])[], widths: readonly number[]): string[] =>
  rows.map((row) => row.map((cell, column) => fitted(cell, widths[column] ?? 0)).join(''));

/** Aligned columns under a heading. On a narrow terminal, cells are shortened; elsewhere they are complete. */
export function table(
  style: Style,
  heading: readonly string[],
  rows: readonly (readonly unknown[])[],
): string {
  const cells = rows.map((row) => row.map(visibleText));
  const natural = heading.map(
    (title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)) + GAP,
  );
  const widths = fittingWidths(natural, style.columns);
  const titles = heading.map((title) => title.toUpperCase());
  if ([titles, ...cells].every((row) => row.every((cell) => ASCII.test(cell)))) {
    const [first = '', ...lines] = asciiLines([titles, ...cells], widths).map((line) => line.trimEnd());
    return [style.bold(first), ...lines].join('\n');
  }
  const cliTable = new CliTable({
    chars: NO_BORDERS,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
    colWidths: widths,
  });
  cliTable.push(
    titles.map((title) => style.bold(title)),
    ...cells,
  );
  return cliTable
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
