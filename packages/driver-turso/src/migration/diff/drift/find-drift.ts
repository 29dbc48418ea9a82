import type { ObjectDefinition } from '@objectstack/spec/data';
import { runSteps, type Steps } from '@objectstack/spec/shared';
import type { CurrentSchema, Drift, Table } from '@objectstack/spec/system';
import { withAdoptedForm } from '../../../schema/adopted-forms.js';
import { foreignKeyOn } from '../../../schema/column-named.js';
import { idTypesOf, type ObjectIdTypes } from '../../../schema/id-types-of.js';
import { mapSteps } from '../../../schema/map-steps.js';
import { referencesOf } from '../../../schema/stored-fields.js';
import { tableOf } from '../../../schema/table-of.js';
import { compareWithDeployed } from './compare-with-deployed.js';

export interface Deployed {
  readonly table: Table;
  /** Objects to which its lookups have foreign keys. */
  readonly known: ObjectIdTypes;
}

/**
 * Targets of other owners that were added after the table. It has no foreign key to them until its own owner changes
 * it.
 */
function laterTargets(live: Table | undefined, definition: ObjectDefinition, others: ReadonlySet<string>) {
  return referencesOf(definition).flatMap(({ field, target, isMany }) =>
    !isMany && target && others.has(target) && live && !foreignKeyOn(live, field) ? [target] : [],
  );
}

const objectsOfOtherOwners = (objects: CurrentSchema['objects'], owner: string) =>
  new Set(objects.flatMap((other) => (other.owner === owner ? [] : [other.definition.name])));

/** The tables of the objects as their deployments created them, by name. */
export function* deployedTables({
  objects,
  tables,
  adopted = [],
}: CurrentSchema): Steps<Map<string, Deployed>> {
  const forms = new Map(adopted.map((form) => [form.name, form]));
  const live = new Map(tables.map((table) => [table.name, table]));
  const all = idTypesOf(objects.map(({ definition }) => definition));
  const owners = new Set(objects.map(({ owner }) => owner));
  const others = new Map([...owners].map((owner) => [owner, objectsOfOtherOwners(objects, owner)]));
  return new Map(
    yield* mapSteps(objects, ({ owner, definition }): [string, Deployed] => {
      const { name } = definition;
      const later = laterTargets(live.get(name), definition, others.get(owner) ?? new Set());
      const known = later.length > 0 ? new Map([...all].filter(([other]) => !later.includes(other))) : all;
      return [name, { table: withAdoptedForm(tableOf(definition, known), forms.get(name)), known }];
    }),
  );
}

/** See {@link ISchemaDiffService.findDrift}. */
export const findDrift = (current: CurrentSchema): Drift[] => runSteps(findDriftSteps(current));

function* findDriftSteps(current: CurrentSchema): Steps<Drift[]> {
  return yield* compareWithDeployed(current, yield* deployedTables(current));
}
