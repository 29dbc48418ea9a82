import { ObjectStackError, type Steps } from '@objectstack/spec/shared';
import type { Component, ComponentChange, CurrentSchema } from '@objectstack/spec/system';
import { componentText } from '../../schema/component-text.js';
import { flatMapSteps } from '../../schema/map-steps.js';

const keyOf = ({ kind, name }: Pick<Component, 'kind' | 'name'>) => `${kind}/${name}`;

function assertFree(current: CurrentSchema, desired: readonly Component[], owner: string): void {
  const others = new Set(current.components.filter((component) => component.owner !== owner).map(keyOf));
  const taken = desired.find((component) => others.has(keyOf(component)));
  if (!taken) return;
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `The ${taken.kind} ${taken.name} belongs to another owner. Choose another name.`,
    details: { kind: taken.kind, name: taken.name },
  });
}

/**
 * Changes of components, sorted by kind and name. Components have no table, so every change is safe. The desired definitions are
 * immutable copies.
 */
export function* diffComponents(
  current: CurrentSchema,
  desired: readonly Component[],
  owner: string,
): Steps<ComponentChange[]> {
  assertFree(current, desired, owner);
  const former = new Map(
    current.components
      .filter((component) => component.owner === owner)
      .map((component) => [keyOf(component), component]),
  );
  const desiredKeys = new Set(desired.map(keyOf));
  const changes = yield* flatMapSteps(desired, ({ kind, name, definition }): ComponentChange[] => {
    const before = former.get(keyOf({ kind, name }))?.definition;
    if (!before)
      return [
        {
          id: `add_${kind}:${name}`,
          change: 'added',
          risk: 'safe',
          code: 'SF004',
          kind,
          name,
          after: definition,
        },
      ];
    if (componentText(before) === componentText(definition)) return [];
    return [
      {
        id: `change_${kind}:${name}`,
        change: 'modified',
        risk: 'safe',
        code: 'SF005',
        kind,
        name,
        before,
        after: definition,
      },
    ];
  });
  const removed = [...former.values()].flatMap(({ kind, name, definition }): ComponentChange[] =>
    desiredKeys.has(keyOf({ kind, name }))
      ? []
      : [
          {
            id: `remove_${kind}:${name}`,
            change: 'removed',
            risk: 'safe',
            code: 'SF007',
            kind,
            name,
            before: definition,
          },
        ],
  );
  return [...changes, ...removed].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
