import type { CurrentSchema } from '@objectstack/spec/system';
import { componentText } from './component-text.js';
import { definitionHash } from './definition-text.js';
import { sha256 } from './sha256.js';
import { tableHash } from './table-text.js';

export type SchemaContent = Pick<CurrentSchema, 'tables' | 'views' | 'objects' | 'components'>;

/** Hash over tables and metadata: a plan applies to every database with the same hash. */
export function schemaHashOf({ tables, views, objects, components }: SchemaContent): string {
  const content = [
    tables.map(tableHash),
    views.map(({ name, sql, triggers }) => [
      name,
      sql,
      ...triggers.map((trigger) => [trigger.name, trigger.sql]),
    ]),
    objects.map(({ owner, definition }) => [owner, definitionHash(definition)]),
    components.map(({ kind, name, owner, definition }) => [kind, name, owner, componentText(definition)]),
  ];
  return sha256(JSON.stringify(content));
}
