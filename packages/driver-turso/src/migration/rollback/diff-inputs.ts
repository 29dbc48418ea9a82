import type { DiffOptions } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import type { CurrentSchema, DeployDiff } from '@objectstack/spec/system';
import { projectSchema } from '../diff/project-schema.js';
import { rollbackSourceIn } from './rollback-information.js';

/** The desired metadata and the options from which the diff was derived. */
export function* diffInputs(
  diff: DeployDiff,
  current: CurrentSchema,
): Steps<{ objects: ObjectDefinition[]; options: DiffOptions }> {
  const { owner, objects, components } = diff;
  const rollback = rollbackSourceIn(diff);
  const target = yield* projectSchema(current, {
    owner,
    objects,
    components,
    tables: new Map(),
    renames: new Map(),
  });
  const owned = <T extends { owner: string }>(items: readonly T[]) =>
    items.filter((item) => item.owner === owner);
  return {
    objects: owned(target.objects).map(({ definition }) => definition),
    options: {
      owner,
      ...(rollback && { rollback }),
      components: owned(target.components).map(({ kind, name, definition }) => ({ kind, name, definition })),
    },
  };
}
