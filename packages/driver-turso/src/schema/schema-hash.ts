import type { CurrentSchema, Table } from '@objectstack/spec/system';
import { definitionText } from './definition-text.js';
import { canonicalJson } from './hash.js';
import { sha256 } from './sha256.js';

export type SchemaContent = Pick<CurrentSchema, 'tables' | 'views' | 'objects' | 'components'>;

/** Lists instead of objects: their order is written down here, so nothing needs sorting. */
function tableContent({ name, columns, foreignKeys, indexes, triggers, sql }: Table): unknown {
  return [
    name,
    columns.map((column) => [
      column.name,
      column.type,
      column.notNull,
      column.defaultValue,
      column.primaryKey,
      column.generated,
      column.definition,
    ]),
    foreignKeys.map((key) => [key.columns, key.table, key.references, key.onDelete, key.onUpdate]),
    indexes.map((index) => [
      index.name,
      index.unique,
      index.columns.map((column) => [column.name, column.collation, column.descending]),
      index.where,
      index.sql,
    ]),
    triggers.map((trigger) => [trigger.name, trigger.sql]),
    sql,
  ];
}

/** Hash over tables and metadata: two databases with the same hash take the same plan. */
export function schemaHashOf({ tables, views, objects, components }: SchemaContent): string {
  const content = [
    tables.map(tableContent),
    views.map(({ name, sql }) => [name, sql]),
    objects.map(({ owner, definition }) => [owner, definitionText(definition)]),
    components.map(({ kind, name, owner, definition }) => [kind, name, owner, canonicalJson(definition)]),
  ];
  return sha256(JSON.stringify(content));
}
