import type { ObjectDefinition } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema, ObjectChange } from '@objectstack/spec/system';
import { isSameJson } from '../schema/hash.js';

const byName = (a: { object: string }, b: { object: string }) => (a.object < b.object ? -1 : 1);

/** SQLite keeps tables, views and indexes under one kind of name and does not tell upper from lower case. */
function takenNames({ tables, views }: CurrentSchema): Set<string> {
  const indexes = tables.flatMap((table) => table.indexes);
  return new Set([...tables, ...views, ...indexes].map(({ name }) => name.toLowerCase()));
}

function assertDistinct(desired: readonly ObjectDefinition[]): void {
  const names = desired.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `The object ${repeated} is desired twice.`,
    details: { object: repeated },
  });
}

function assertFree(name: string, current: CurrentSchema, owner: string, taken: ReadonlySet<string>): void {
  const holder = current.objects.find(({ definition }) => definition.name === name);
  if (holder?.owner === owner) return;
  if (!holder && !taken.has(name)) return;
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `The name ${name} is taken by ${holder ? 'an object of somebody else' : 'something that no deployment made'}.`,
    details: { object: name },
  });
}

/** Changes of whole objects, sorted by name; one that differs only in a field counts as modified. */
export function diffObjects(
  current: CurrentSchema,
  desired: readonly ObjectDefinition[],
  owner: string,
): ObjectChange[] {
  assertDistinct(desired);
  const owned = current.objects
    .filter((object) => object.owner === owner)
    .map(({ definition }) => definition);
  const former = new Map(owned.map((definition) => [definition.name, definition]));
  const wanted = new Set(desired.map(({ name }) => name));
  const taken = takenNames(current);
  const changes = desired.flatMap((after): ObjectChange[] => {
    const object = after.name;
    assertFree(object, current, owner, taken);
    const before = former.get(object);
    if (before) {
      if (isSameJson(before, after)) return [];
      return [
        {
          id: `change_object:${object}`,
          change: 'modified',
          risk: 'safe',
          code: 'SF005',
          object,
          before,
          after,
        },
      ];
    }
    const renamed =
      after.renamedFrom && !wanted.has(after.renamedFrom) ? former.get(after.renamedFrom) : undefined;
    if (renamed)
      return [
        {
          id: `rename_object:${object}`,
          change: 'renamed',
          risk: 'safe',
          code: 'BC301',
          object,
          before: renamed,
          after,
        },
      ];
    return [{ id: `add_object:${object}`, change: 'added', risk: 'safe', code: 'SF001', object, after }];
  });
  const renamedAway = new Set(
    changes.flatMap(({ change, before }) => (change === 'renamed' && before ? [before.name] : [])),
  );
  const removed = owned.flatMap((before): ObjectChange[] => {
    const object = before.name;
    if (wanted.has(object) || renamedAway.has(object)) return [];
    return [
      { id: `remove_object:${object}`, change: 'removed', risk: 'loses_data', code: 'DS101', object, before },
    ];
  });
  return [...changes, ...removed].sort(byName);
}
