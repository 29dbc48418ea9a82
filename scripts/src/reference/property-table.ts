import type { MetadataKey, MetadataKeys } from '../metadata-keys/metadata-key.js';
import { constraintText } from './constraint-text.js';
import { code, json, table } from './markdown.js';
import { link, referredName } from './places.js';
import { type PropertyRow, propertyRows } from './property-rows.js';
import type { SchemaNode } from './schema-node.js';
import { type Linker, typeText } from './type-text.js';

export interface TableContext {
  readonly linker: Linker;
  /** Description of the schema with this name, for a property without a description. */
  readonly describe: (name: string) => string;
  /** Classes of the keys, for a metadata schema. */
  readonly classes?: MetadataKeys | undefined;
  /** Whether the schema is used only in stored-only keys. */
  readonly isStoredOnly?: boolean | undefined;
  readonly page: string;
}

const STORED_ONLY = / ?Stored, not interpreted\.$/;
const NOT_INTERPRETED = 'stored, not interpreted';
const HEAD = ['property', 'type', 'required', 'default', 'constraints', 'description'];

const hasClasses = ({ classes, isStoredOnly }: Pick<TableContext, 'classes' | 'isStoredOnly'>) =>
  classes !== undefined || isStoredOnly === true;

function descriptionCell({ node }: PropertyRow, { describe, classes, isStoredOnly }: TableContext): string {
  const text = node.description ?? (node.$ref ? describe(referredName(node.$ref)) : '');
  const shown = hasClasses({ classes, isStoredOnly }) ? text.replace(STORED_ONLY, '') : text;
  return node.deprecated && !shown.startsWith('Deprecated') ? `Deprecated. ${shown}` : shown;
}

/** Class of a key: its own, or that of the stored-only key or schema that contains it. */
function classOf(path: string, { classes, isStoredOnly }: TableContext): MetadataKey | undefined {
  if (isStoredOnly) return 'stored_only';
  const [key = ''] = path.split(/[.[]/);
  return classes?.[path] ?? (classes?.[key] === 'stored_only' ? 'stored_only' : undefined);
}

function classText(key: MetadataKey | undefined, page: string): string {
  if (key === undefined) return '';
  if (key === 'stored_only') return NOT_INTERPRETED;
  return `interpreted (${link(code(key.reader), page, `packages/${key.reader}`)}): ${key.does}`;
}

function row(property: PropertyRow, context: TableContext): string[] {
  const { path, node, isRequired } = property;
  const cells = [
    code(path),
    typeText(node, context.linker),
    isRequired ? 'yes' : '',
    node.default === undefined ? '' : json(node.default),
    constraintText(node),
    descriptionCell(property, context),
  ];
  return hasClasses(context) ? [...cells, classText(classOf(path, context), context.page)] : cells;
}

/** The properties of an object, including nested ones; empty if it has none. */
export function propertyTable(node: SchemaNode, context: TableContext): string {
  const rows = propertyRows(node);
  if (rows.length === 0) return '';
  const cells = rows.map((property) => row(property, context));
  const head = hasClasses(context) ? [...HEAD, 'in this runtime'] : HEAD;
  const shown = head.map((_, index) => index === 0 || cells.some((line) => line[index] !== ''));
  const visible = (line: readonly string[]) => line.filter((_, index) => shown[index]);
  return table(visible(head), cells.map(visible));
}
