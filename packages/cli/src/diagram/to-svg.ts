import { type BoxRow, rowTop } from './box-of.js';
import type { Diagram, DiagramEdge, Mark } from './diagram.js';
import { type Layout, layOut, type PlacedEdge, type PlacedGroup, type PlacedNode } from './lay-out.js';
import type { Point } from './point.js';
import { styleSheet } from './style-sheet.js';
import { svgText } from './svg-text.js';
import { LINE, textWidth } from './text-width.js';

const SYMBOLS: Readonly<Record<Mark, string>> = { same: '', added: '+', removed: '-', changed: '~' };
const INSET = 10;
const BASELINE = 14;
/** Length of the end of a line that shows how many records are related. */
const FOOT = 12;

const round = (value: number) => Math.round(value * 10) / 10;
const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;

const tooltip = (full: string, shown: string) => (full === shown ? '' : `<title>${svgText(full)}</title>`);

function rowSvg(row: BoxRow, { x, y, width }: PlacedNode, index: number, boxMark: Mark): string {
  const top = rowTop(y, index);
  const { mark, text, kind, name } = row;
  const band =
    mark === 'same'
      ? ''
      : `<rect class="line" x="${round(x + 1)}" y="${round(top)}" width="${round(width - 2)}" height="${LINE}"/>`;
  const symbol = boxMark === mark && boxMark !== 'changed' ? '' : SYMBOLS[mark];
  const texts = [
    symbol && `<text class="name" x="${round(x + INSET - 4)}" y="${round(top + BASELINE)}">${symbol}</text>`,
    `<text class="name" x="${round(x + INSET + 8)}" y="${round(top + BASELINE)}">${svgText(text)}</text>`,
    kind &&
      `<text class="kind" x="${round(x + width - INSET)}" y="${round(top + BASELINE)}" text-anchor="end">${svgText(kind)}</text>`,
  ];
  return `<g class="${mark}">${tooltip(name, text.replace(/ \*$/, ''))}${band}${texts.filter(Boolean).join('')}</g>`;
}

function objectSvg(placed: PlacedNode): string {
  const { node, box, x, y, width, height } = placed;
  const [left, top, w, h] = [x, y, width, height].map(round) as [number, number, number, number];
  const symbol = SYMBOLS[node.mark];
  const head = LINE + INSET / 2;
  return [
    `<g class="${node.mark}">${tooltip(node.title, box.title)}`,
    `<rect class="box" x="${left}" y="${top}" width="${w}" height="${h}" rx="6"/>`,
    `<path class="head" d="M${left} ${round(top + head)}v${-(head - 6)}a6 6 0 0 1 6 -6h${round(w - 12)}a6 6 0 0 1 6 6v${head - 6}z"/>`,
    `<text class="name title" x="${round(left + INSET)}" y="${round(top + BASELINE + 3)}">${symbol ? `${symbol} ` : ''}${svgText(box.title)}</text>`,
    `</g>`,
    ...box.rows.map((row, index) => rowSvg(row, placed, index, node.mark)),
    `<g class="${node.mark}"><rect class="outline" x="${left}" y="${top}" width="${w}" height="${h}" rx="6"/></g>`,
  ].join('');
}

function stateSvg({ node, box, x, y, width, height }: PlacedNode): string {
  const [left, top, w, h] = [x, y, width, height].map(round) as [number, number, number, number];
  if (node.shape === 'start')
    return `<g class="same"><circle class="dot" cx="${round(left + w / 2)}" cy="${round(top + h / 2)}" r="${w / 2}"/></g>`;
  const frame = (inset: number, name: string) =>
    `<rect class="${name}" x="${left + inset}" y="${top + inset}" width="${round(w - 2 * inset)}" height="${round(h - 2 * inset)}" rx="${14 - inset}"/>`;
  return [
    `<g class="${node.mark}">${tooltip(node.title, box.title)}`,
    frame(0, 'head'),
    frame(0, 'outline'),
    node.shape === 'final' ? frame(3, 'outline') : '',
    `<text class="name" x="${round(left + w / 2)}" y="${round(top + h / 2 + 4)}" text-anchor="middle">${svgText(box.title)}</text></g>`,
  ].join('');
}

const boxSvg = (placed: PlacedNode): string =>
  placed.node.shape === 'object' ? objectSvg(placed) : stateSvg(placed);

/** The point at a distance from the first of two points, and a unit vector across the line. */
function along(from: Point, to: Point, distance: number): { point: Point; across: Point } {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  return { point: { x: from.x + dx * distance, y: from.y + dy * distance }, across: { x: -dy, y: dx } };
}

const offset = ({ x, y }: Point, across: Point, by: number): Point => ({
  x: x + across.x * by,
  y: y + across.y * by,
});

/** Crow's foot: many records at the first end of the line, one or none at the second. */
function referenceEnds({ isRequired }: DiagramEdge, points: readonly Point[]): string {
  const [first, second] = points as [Point, Point];
  const [last, before] = [points.at(-1), points.at(-2)] as [Point, Point];
  const many = along(first, second, FOOT);
  const toes = [-6, 6].map((by) => `M${at(many.point)}L${at(offset(first, many.across, by))}`).join('');
  const one = along(last, before, 6);
  const bar = `M${at(offset(one.point, one.across, -6))}L${at(offset(one.point, one.across, 6))}`;
  const circle = along(last, before, 12).point;
  const none = isRequired
    ? ''
    : `<circle class="end box" cx="${round(circle.x)}" cy="${round(circle.y)}" r="3.5"/>`;
  return `<path class="end" d="${toes}${bar}"/>${none}`;
}

function transitionEnd(points: readonly Point[]): string {
  const [last, before] = [points.at(-1), points.at(-2)] as [Point, Point];
  const base = along(last, before, 9);
  const wings = [-4, 4].map((by) => at(offset(base.point, base.across, by)));
  return `<path class="tip" d="M${at(last)}L${wings[0]}L${wings[1]}z"/>`;
}

/** A smooth line: every inner point attracts the line, which passes through the middle of each two of them. */
function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points as [Point, ...Point[]];
  const parts = rest.map((point, index) => {
    const next = rest[index + 1];
    if (!next) return `L${at(point)}`;
    return `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
  });
  return `M${at(first)}${parts.join('')}`;
}

function edgeSvg({ edge, points, label, at: center }: PlacedEdge): string {
  const isReference = edge.kind === 'reference';
  const loose = isReference && !edge.isOwned ? ' loose' : '';
  const symbol = SYMBOLS[edge.mark];
  const text = label && `${symbol ? `${symbol} ` : ''}${svgText(label)}`;
  return [
    `<g class="${edge.mark}">${tooltip(edge.label, label)}`,
    `<path class="edge${loose}" d="${pathOf(points)}"/>`,
    isReference ? referenceEnds(edge, points) : transitionEnd(points),
    text &&
      `<text class="label halo" x="${round(center.x)}" y="${round(center.y + 4)}" text-anchor="middle">${text}</text>`,
    '</g>',
  ].join('');
}

function groupSvg({ group, x, y, width, height }: PlacedGroup): string {
  const title = svgText(group.title);
  const rect = `<rect class="frame" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="8"/>`;
  return `${rect}<text class="caption halo" x="${round(x + INSET)}" y="${round(y + 4)}">${title}</text>`;
}

const LEGENDS: Readonly<Record<Diagram['kind'], string>> = {
  objects: '* required · solid line: deleted together · dashed line: independent',
  difference: '+ added · - removed · ~ changed',
  states: '',
};

function svgOf(
  diagram: Diagram,
  { width, height, nodes, edges, groups }: Layout,
  theme: 'auto' | 'light' | 'dark',
) {
  const legend = LEGENDS[diagram.kind];
  const title = svgText(diagram.title);
  const w = Math.ceil(Math.max(width, textWidth(legend) + 48, textWidth(diagram.title) + 48));
  const h = Math.ceil(height + 2 * LINE + (legend ? LINE : 0));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" aria-label="${title}">`,
    `<title>${title}</title><style>${styleSheet(theme)}</style>`,
    `<rect class="background" width="${w}" height="${h}"/>`,
    `<g class="same"><text class="name title" x="24" y="28">${title}</text></g>`,
    `<g transform="translate(0 ${LINE})">`,
    ...groups.map(groupSvg),
    ...edges.map(edgeSvg),
    ...nodes.map(boxSvg),
    '</g>',
    legend && `<text class="label" x="24" y="${h - 16}">${svgText(legend)}</text>`,
    '</svg>\n',
  ]
    .filter(Boolean)
    .join('\n');
}

/** The diagram as a picture that needs no browser. `auto` has the colors that the reader's system prefers. */
export const toSvg = (diagram: Diagram, theme: 'auto' | 'light' | 'dark'): string =>
  svgOf(diagram, layOut(diagram), theme);
