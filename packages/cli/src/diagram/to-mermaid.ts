import { visibleText } from '../output/table.js';
import type { Diagram, DiagramEdge, DiagramNode, DiagramRow, Mark } from './diagram.js';

const SYMBOLS: Readonly<Record<Mark, string>> = { same: '', added: '+ ', removed: '- ', changed: '~ ' };

/** Text between quotation marks. Everything that Mermaid may interpret is a character code. */
const quoted = (text: string): string =>
  `"${visibleText(text).replace(/[^\p{L}\p{N} _.,()/*+~-]/gu, (character) => `#${character.codePointAt(0)};`)}"`;

/** Name of an attribute, which cannot be quoted. */
const word = (text: string): string => text.replace(/[^A-Za-z0-9_]/g, '_').replace(/^([^A-Za-z_])/, '_$1');

function attribute({ name, type, isRequired, isUnique, mark }: DiagramRow): string {
  const facts = [
    SYMBOLS[mark].trim(),
    isRequired ? 'required' : '',
    isUnique ? 'unique' : '',
    word(name) === name ? '' : name,
  ].filter((fact) => fact !== '');
  const comment = facts.length === 0 ? '' : ` ${quoted(facts.join(', '))}`;
  return `    ${type.replace(/[^A-Za-z0-9_[\]]/g, '_')} ${word(name)}${comment}`;
}

function relationship({ from, to, label, mark, isRequired, isOwned }: DiagramEdge): string {
  const one = isRequired ? '||' : '|o';
  const line = isOwned ? '--' : '..';
  return `  ${quoted(to)} ${one}${line}o{ ${quoted(from)} : ${quoted(SYMBOLS[mark] + label)}`;
}

function objectsText({ nodes, edges }: Diagram): string[] {
  return [
    'erDiagram',
    ...nodes.flatMap(({ id, rows }) => [`  ${quoted(id)} {`, ...rows.map(attribute), '  }']),
    ...edges.map(relationship),
    ...nodes.flatMap(({ id, mark }) => (mark === 'same' ? [] : [`  %% ${mark}: ${word(id)}`])),
  ];
}

function statesText({ nodes, edges, groups }: Diagram): string[] {
  const ids = new Map([...nodes, ...groups].map(({ id }, index) => [id, `s${index + 1}`]));
  const starts = new Set(nodes.flatMap(({ id, shape }) => (shape === 'start' ? [id] : [])));
  const idOf = (id: string) => (starts.has(id) ? '[*]' : (ids.get(id) ?? '[*]'));
  const edgeText = ({ from, to, label }: DiagramEdge) =>
    `${idOf(from)} --> ${idOf(to)}${label === '' ? '' : ` : ${quoted(label).slice(1, -1)}`}`;
  const groupOf = new Map(nodes.map(({ id, group }) => [id, group]));
  const nodeText = ({ id, title, shape }: DiagramNode) => [
    ...(shape === 'start' ? [] : [`state ${quoted(title)} as ${ids.get(id)}`]),
    ...(shape === 'final' ? [`${ids.get(id)} --> [*]`] : []),
  ];
  const within = (parent: string | undefined, indent: string): string[] => [
    ...groups
      .filter((group) => group.parent === parent)
      .flatMap(({ id, title }) => [
        `${indent}state ${quoted(title)} as ${ids.get(id)} {`,
        ...within(id, `${indent}  `),
        `${indent}}`,
      ]),
    ...nodes
      .filter(({ group }) => group === parent)
      .flatMap((node) => nodeText(node).map((line) => indent + line)),
    ...edges
      .filter(({ from }) => starts.has(from) && groupOf.get(from) === parent)
      .map((edge) => indent + edgeText(edge)),
  ];
  return [
    'stateDiagram-v2',
    ...within(undefined, '  '),
    ...edges.filter(({ from }) => !starts.has(from)).map((edge) => `  ${edgeText(edge)}`),
  ];
}

/** The diagram in the language of Mermaid. */
export const toMermaid = (diagram: Diagram): string =>
  `${(diagram.kind === 'states' ? statesText : objectsText)(diagram).join('\n')}\n`;
