import { Graph, type GraphLabel, layout } from '@dagrejs/dagre';
import { type Box, boxOf } from './box-of.js';
import type { Diagram, DiagramEdge, DiagramGroup, DiagramNode } from './diagram.js';
import type { Point } from './point.js';
import { referenceLine } from './reference-line.js';
import { LINE, shortened, textWidth } from './text-width.js';

/*
 * Dagre places each connected part of a diagram; unconnected parts are then put on shelves beside each other, because dagre
 * would stack all of them in one column.
 */

interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends Rectangle {
  readonly node: DiagramNode;
  readonly box: Box;
}

export interface PlacedEdge {
  readonly edge: DiagramEdge;
  readonly points: readonly Point[];
  /** Text on the line; empty for a reference, which begins at its field. */
  readonly label: string;
  /** Center of the label. */
  readonly at: Point;
}

export interface PlacedGroup extends Rectangle {
  readonly group: DiagramGroup;
}

/** A diagram with positions, in pixels. Rectangles are given by their top left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly groups: readonly PlacedGroup[];
}

const MARGIN = 24;
const SPACE = 40;
const ASPECT = 1.5;
const LONGEST_LABEL = 24;

/** Parts of the diagram that no edge or group connects. */
function partsOf({ nodes, edges, groups, ...diagram }: Diagram): Diagram[] {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    return root;
  };
  const join = (one: string, other: string) => {
    const [a, b] = [rootOf(one), rootOf(other)];
    if (a !== b) parents.set(a, b);
  };
  for (const { from, to } of edges) join(`n:${from}`, `n:${to}`);
  for (const { id, group } of nodes) if (group !== undefined) join(`n:${id}`, `g:${group}`);
  for (const { id, parent } of groups) if (parent !== undefined) join(`g:${id}`, `g:${parent}`);
  const parts = new Map<string, { nodes: DiagramNode[]; edges: DiagramEdge[]; groups: DiagramGroup[] }>();
  const partOf = (id: string) => {
    const root = rootOf(id);
    const part = parts.get(root) ?? { nodes: [], edges: [], groups: [] };
    parts.set(root, part);
    return part;
  };
  for (const node of nodes) partOf(`n:${node.id}`).nodes.push(node);
  for (const edge of edges) partOf(`n:${edge.from}`).edges.push(edge);
  for (const group of groups) partOf(`g:${group.id}`).groups.push(group);
  return [...parts.values()].map((part) => ({ ...diagram, ...part }));
}

const labelOf = ({ label, kind }: DiagramEdge) =>
  kind === 'reference' ? '' : shortened(label, LONGEST_LABEL);

function graphOf({ kind, nodes, edges, groups }: Diagram): Graph {
  const settings: GraphLabel = {
    rankdir: kind === 'states' ? 'TB' : 'LR',
    nodesep: kind === 'states' ? 30 : 28,
    ranksep: kind === 'states' ? 48 : 84,
    edgesep: 14,
    marginx: 0,
    marginy: 0,
  };
  const graph = new Graph({ multigraph: true, compound: groups.length > 0 });
  graph.setGraph(settings);
  graph.setDefaultEdgeLabel(() => ({}));
  for (const group of groups) graph.setNode(`g:${group.id}`, {});
  for (const { id, parent } of groups) if (parent !== undefined) graph.setParent(`g:${id}`, `g:${parent}`);
  for (const node of nodes) {
    const { width, height } = boxOf(node);
    graph.setNode(`n:${node.id}`, { width, height });
    if (node.group !== undefined && groups.length > 0) graph.setParent(`n:${node.id}`, `g:${node.group}`);
  }
  for (const [index, edge] of edges.entries()) {
    // Dagre draws a line from a box to itself across other boxes; it takes no space of its own.
    if (edge.kind === 'reference' && edge.from === edge.to) continue;
    const text = labelOf(edge);
    const size = text === '' ? { width: 0, height: 0 } : { width: textWidth(text) + 8, height: LINE };
    const label = { ...size, labelpos: 'c' as const };
    graph.setEdge(`n:${edge.from}`, `n:${edge.to}`, label, String(index));
  }
  return graph;
}

const corner = ({ x, y, width, height }: Rectangle): Rectangle => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
});

function placePart(part: Diagram): Layout {
  const graph = graphOf(part);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const nodes = part.nodes.map((node): PlacedNode => {
    const place = corner(graph.node(`n:${node.id}`) as Rectangle);
    return { node, box: boxOf(node), ...place };
  });
  const byId = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const edges = part.edges.map((edge, index): PlacedEdge => {
    const name = { v: `n:${edge.from}`, w: `n:${edge.to}`, name: String(index) };
    const { x = 0, y = 0, points = [] } = (graph.edge(name) ?? {}) as Partial<Point> & { points?: Point[] };
    const ends = [byId.get(edge.from), byId.get(edge.to)] as [PlacedNode, PlacedNode];
    const line = edge.kind === 'reference' ? referenceLine(edge, ends, points.slice(1, -1)) : points;
    return { edge, points: line, label: labelOf(edge), at: { x, y } };
  });
  const groups = part.groups.map((group) => ({
    group,
    ...corner(graph.node(`g:${group.id}`) as Rectangle),
  }));
  return { width, height, nodes, edges, groups };
}

function moved(part: Layout, { x: dx, y: dy }: Point): Layout {
  const move = <T extends Point>(item: T): T => ({ ...item, x: item.x + dx, y: item.y + dy });
  return {
    ...part,
    nodes: part.nodes.map(move),
    groups: part.groups.map(move),
    edges: part.edges.map((edge) => ({ ...edge, points: edge.points.map(move), at: move(edge.at) })),
  };
}

/** Positions of everything in a diagram. Deterministic. */
export function layOut(diagram: Diagram): Layout {
  const parts = partsOf(diagram).map(placePart);
  parts.sort((a, b) => b.height - a.height);
  const area = parts.reduce((sum, { width, height }) => sum + (width + SPACE) * (height + SPACE), 0);
  const widest = Math.max(0, ...parts.map(({ width }) => width), Math.sqrt(area * ASPECT));
  const placed: Layout[] = [];
  let [x, y, shelf] = [MARGIN, MARGIN, 0];
  for (const part of parts) {
    if (x > MARGIN && x + part.width > MARGIN + widest) [x, y, shelf] = [MARGIN, y + shelf + SPACE, 0];
    placed.push(moved(part, { x, y }));
    x += part.width + SPACE;
    shelf = Math.max(shelf, part.height);
  }
  const right = Math.max(
    0,
    ...placed.flatMap(({ nodes, groups }) => [...nodes, ...groups].map((one) => one.x + one.width)),
  );
  const ofEdges = placed.flatMap(({ edges }) =>
    edges.flatMap(({ points }) => points.map((point) => point.x)),
  );
  return {
    width: Math.max(right, ...ofEdges) + MARGIN,
    height: y + shelf + MARGIN,
    nodes: placed.flatMap(({ nodes }) => nodes),
    edges: placed.flatMap(({ edges }) => edges),
    groups: placed.flatMap(({ groups }) => groups),
  };
}
