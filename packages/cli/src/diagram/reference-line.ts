import { rowTop } from './box-of.js';
import type { DiagramEdge } from './diagram.js';
import type { PlacedNode } from './lay-out.js';
import type { Point } from './point.js';
import { LINE } from './text-width.js';

/** Length of the straight ends of a line, which show how many records are related. */
const STUB = 16;
const LOOP = 30;
const LANES = 5;
const LANE = 5;

const middleOf = ({ x, width }: PlacedNode) => x + width / 2;

/** The point on the left or right side of a box, and the direction away from it. */
function side(box: PlacedNode, { towards, y }: { towards: number; y: number }): { at: Point; away: 1 | -1 } {
  const isRight = towards >= middleOf(box);
  return { at: { x: isRight ? box.x + box.width : box.x, y }, away: isRight ? 1 : -1 };
}

const stub = ({ at, away }: ReturnType<typeof side>): Point => ({ x: at.x + away * STUB, y: at.y });

/** Height of the field in its box; that of the title if the field is not shown. */
function heightOf({ label }: DiagramEdge, { box, y }: PlacedNode): number {
  const index = box.rows.findIndex(({ field }) => field === label);
  return index < 0 ? y + LINE / 2 + 2 : rowTop(y, index) + LINE / 2;
}

/**
 * The line of a reference: from the side of the field to the title of the referenced object. Without other points, both are
 * the same box, and the line is a loop beside it.
 */
export function referenceLine(
  edge: DiagramEdge,
  [from, to]: readonly [PlacedNode, PlacedNode],
  inner: readonly Point[],
): Point[] {
  const y = heightOf(edge, from);
  const title = to.y + LINE / 2 + 2;
  if (from === to) {
    const x = from.x + from.width;
    const out = { x: x + LOOP, y: (y + title) / 2 };
    return [{ x, y }, { x: x + STUB, y }, out, { x: x + STUB, y: title }, { x, y: title }];
  }
  const start = side(from, { towards: inner[0]?.x ?? middleOf(to), y });
  const end = side(to, { towards: inner.at(-1)?.x ?? middleOf(from), y: title });
  const [first, last] = [stub(start), stub(end)];
  if (inner.length > 1) return [start.at, first, ...inner, last, end.at];
  // No box stands between neighboring columns. Lines of different fields turn at different places.
  const x = (first.x + last.x) / 2 + ((Math.round(y / LINE) % LANES) - LANES / 2) * LANE;
  return [start.at, first, { x, y }, { x, y: title }, last, end.at];
}
