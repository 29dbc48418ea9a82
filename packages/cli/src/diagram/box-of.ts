import type { DiagramNode, DiagramRow } from './diagram.js';
import { LINE, shortened, textWidth } from './text-width.js';

const PADDING = 10;
const GAP = 16;
const MOST_ROWS = 40;
const DOT = 14;

/** A row as it is drawn. */
export interface BoxRow extends DiagramRow {
  /** Name with its mark for required fields, shortened. */
  readonly text: string;
  readonly kind: string;
}

/** Top of a row in a box with this top. */
export const rowTop = (top: number, index: number): number => top + LINE * (index + 1) + PADDING / 2;

/** Size and texts of a box. */
export interface Box {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly rows: readonly BoxRow[];
}

/** Changed fields come first where not all fit. */
function shownRows(rows: readonly DiagramRow[]): DiagramRow[] {
  if (rows.length <= MOST_ROWS) return [...rows];
  const changed = rows.filter(({ mark }) => mark !== 'same');
  const shown = new Set([...changed, ...rows].slice(0, MOST_ROWS));
  const rest = rows.length - MOST_ROWS;
  const more = { field: '', type: '', isRequired: false, isUnique: false, mark: 'same' } as const;
  return [...rows.filter((row) => shown.has(row)), { ...more, name: `… and ${rest} more` }];
}

const kindOf = ({ type, isUnique }: DiagramRow) => (isUnique ? `${type} unique` : type);

/** Size of a box, in pixels. */
export function boxOf({ shape, title, rows }: DiagramNode): Box {
  if (shape === 'start') return { width: DOT, height: DOT, title: '', rows: [] };
  const shown = shownRows(rows).map((row) => ({
    ...row,
    text: shortened(`${row.name}${row.isRequired ? ' *' : ''}`),
    kind: kindOf(row),
  }));
  const name = shortened(title);
  const names = Math.max(0, ...shown.map(({ text }) => textWidth(text)));
  const kinds = Math.max(0, ...shown.map(({ kind }) => textWidth(kind)));
  // A bold title is wider, and the mark of a change stands before a name.
  const width = Math.max(textWidth(name) * 1.08 + GAP, names + GAP + kinds + GAP) + 2 * PADDING;
  return { width, height: LINE * (1 + shown.length) + PADDING, title: name, rows: shown };
}
