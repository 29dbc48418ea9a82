import type { MetadataKey, MetadataKeys } from '../metadata-keys/metadata-key.js';
import { constraintText } from './constraint-text.js';
import { code, json, table } from './markdown.js';
import { link, referredName } from './places.js';
import { type PropertyRow, propertyRows } from './property-rows.js';
import type { SchemaNode } from './schema-node.js';
import { type Linker, typeText } from './type-text.js';

export interface TableContext {
  readonly linker: Linker;
  /** Description of the schema of that name, for a property that has none of its own. */
  readonly describe: (name: string) => string;
  /** Classes of the keys, of a schema of metadata. */
  readonly classes?: MetadataKeys | undefined;
  readonly page: string;
}

const CARRIED = / ?Carried, not enforced\.$/;
const HEAD = ['property', 'type', 'required', 'default', 'constraints', 'meaning'];

function meaning({ node }: PropertyRow, { describe, classes }: TableContext): string {
  const text = node.description ?? (node.$ref ? describe(referredName(node.$ref)) : '');
  const shown = classes ? text.replace(CARRIED, '') : text;
  return node.deprecated ? `Deprecated. ${shown}` : shown;
}

function classText(key: MetadataKey | undefined, page: string): string {
  if (key === undefined) return '';
  if (key === 'carried') return 'carried, not enforced';
  return `acted on (${link(code(key.reader), page, `packages/${key.reader}`)}): ${key.does}`;
}

function row(property: PropertyRow, context: TableContext): string[] {
  const { path, node, isRequired } = property;
  const cells = [
    code(path),
    typeText(node, context.linker),
    isRequired ? 'yes' : '',
    node.default === undefined ? '' : json(node.default),
    constraintText(node),
    meaning(property, context),
  ];
  return context.classes ? [...cells, classText(context.classes[path], context.page)] : cells;
}

/** The properties of an object, those inside it included; nothing where it has none. */
export function propertyTable(node: SchemaNode, context: TableContext): string {
  const rows = propertyRows(node);
  if (rows.length === 0) return '';
  const cells = rows.map((property) => row(property, context));
  const head = context.classes ? [...HEAD, 'here'] : HEAD;
  const shown = head.map((_, index) => index === 0 || cells.some((line) => line[index] !== ''));
  const visible = (line: readonly string[]) => line.filter((_, index) => shown[index]);
  return table(visible(head), cells.map(visible));
}
