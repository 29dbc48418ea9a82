import { desiredSchema, diff } from '@objectstack/driver-turso/schema';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { DeployDiff, FieldChange, ObjectChange } from '@objectstack/spec/system';
import type { Diagram, Mark } from './diagram.js';
import { fieldsWith, type MarkedField, type MarkedObject, markedDiagram } from './object-diagram.js';

const MARKS: Readonly<Record<ObjectChange['change'], Mark>> = {
  added: 'added',
  removed: 'removed',
  renamed: 'changed',
  modified: 'changed',
};

function markedFields(after: ObjectDefinition, changes: readonly FieldChange[]): MarkedField[] {
  const byName = new Map(changes.flatMap((change) => (change.after ? [[change.field, change]] : [])));
  const removed = changes.flatMap(({ after: next, before, field }): MarkedField[] =>
    next || !before ? [] : [{ name: field, field: before, mark: 'removed' }],
  );
  const kept = Object.entries(after.fields).map(([name, field]): MarkedField => {
    const change = byName.get(name);
    const former = change?.former === undefined ? {} : { former: change.former };
    return { name, field, mark: change ? MARKS[change.change] : 'same', ...former };
  });
  return [...kept, ...removed];
}

function markedObject(
  object: ObjectDefinition,
  change: ObjectChange | undefined,
  { fields }: DeployDiff,
): MarkedObject {
  const { name } = object;
  if (!change) return { name, mark: 'same', fields: fieldsWith(object, 'same') };
  const mark = MARKS[change.change];
  if (mark !== 'changed') return { name, mark, fields: fieldsWith(object, mark) };
  const former = change.before && change.before.name !== name ? { former: change.before.name } : {};
  const own = fields.filter((one) => one.object === name);
  return { name, mark, fields: markedFields(object, own), ...former };
}

/** The diagram of the next version, in which everything that differs from the previous one is marked. */
export function differenceDiagram(
  before: readonly ObjectDefinition[],
  after: readonly ObjectDefinition[],
  title: string,
): Diagram {
  const changes = diff(desiredSchema({ objects: before }), after);
  const byName = new Map(changes.objects.flatMap((one) => (one.after ? [[one.object, one]] : [])));
  const removed = changes.objects.flatMap((one) => (one.after || !one.before ? [] : [one]));
  const objects = [
    ...after.map((object) => markedObject(object, byName.get(object.name), changes)),
    ...removed.map((change) => markedObject(change.before as ObjectDefinition, change, changes)),
  ];
  return markedDiagram(objects, { kind: 'difference', title });
}
