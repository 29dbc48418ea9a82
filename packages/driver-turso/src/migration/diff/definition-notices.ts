import type { ObjectDefinition } from '@objectstack/spec/data';
import type { DeployDiff } from '@objectstack/spec/system';
import type { ObjectIdTypes } from '../../schema/id-types-of.js';
import { BUILT_INDEX_TYPES } from '../../schema/indexes-of.js';
import { referencesOf } from '../../schema/stored-fields.js';

type Notice = DeployDiff['notices'][number];

function lookupNotices(definition: ObjectDefinition, known: Pick<ObjectIdTypes, 'has'>): Notice[] {
  const object = definition.name;
  return referencesOf(definition).flatMap(({ field, target, isMany }): Notice[] => {
    if (isMany)
      return [
        { code: 'list_without_foreign_key', object, field, message: 'A list of lookups has no foreign key.' },
      ];
    if (target && known.has(target)) return [];
    const message = `No object ${target ?? ''} is deployed here, so the lookup has no foreign key.`;
    return [{ code: 'lookup_without_foreign_key', object, field, message }];
  });
}

function indexNotices({ name: object, indexes = [] }: ObjectDefinition): Notice[] {
  return indexes.flatMap(({ type = 'btree' }): Notice[] =>
    BUILT_INDEX_TYPES.has(type)
      ? []
      : [{ code: 'index_not_made', object, message: `SQLite has no ${type} index.` }],
  );
}

/** Notices about lookups without a foreign key and indexes that are not created, of added and changed objects. */
export function definitionNotices(
  definitions: readonly ObjectDefinition[],
  known: Pick<ObjectIdTypes, 'has'>,
): Notice[] {
  return definitions.flatMap((definition) => [
    ...lookupNotices(definition, known),
    ...indexNotices(definition),
  ]);
}
