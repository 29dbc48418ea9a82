import { runSteps, type Steps } from '@objectstack/spec/shared';
import type { CurrentSchema } from '@objectstack/spec/system';
import { componentText } from './component-text.js';
import { definitionHash } from './definition-text.js';
import { mapSteps } from './map-steps.js';
import { sha256 } from './sha256.js';
import { tableHash } from './table-hash.js';

export type SchemaContent = Pick<CurrentSchema, 'tables' | 'views' | 'objects' | 'components'>;

/** Hash over tables and metadata: a plan applies to every database with the same hash. */
export const schemaHashOf = (content: SchemaContent): string => runSteps(schemaHashSteps(content));

/** Like {@link schemaHashOf}, but yields between steps. */
export function* schemaHashSteps({ tables, views, objects, components }: SchemaContent): Steps<string> {
  const content = [
    yield* mapSteps(tables, tableHash),
    views.map(({ name, sql, triggers }) => [
      name,
      sql,
      ...triggers.map((trigger) => [trigger.name, trigger.sql]),
    ]),
    yield* mapSteps(objects, ({ owner, definition }) => [owner, definitionHash(definition)]),
    yield* mapSteps(components, ({ kind, name, owner, definition }) => [
      kind,
      name,
      owner,
      componentText(definition),
    ]),
  ];
  return sha256(JSON.stringify(content));
}
