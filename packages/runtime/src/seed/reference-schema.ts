import { type Field, isList, type ObjectDefinition, referenceTarget } from '@objectstack/spec/data';
import type { MigrationPlan } from '@objectstack/spec/system';

/** A field that refers to records of an object. */
export interface Reference {
  readonly table: string;
  readonly column: string;
  /** Object that it refers to. */
  readonly target: string;
  /** Whether the column contains a list of ids. */
  readonly isList: boolean;
}

/** The references between objects, by the names before the rollback of the schema. */
export interface ReferenceSchema {
  /** Objects that the rollback removes. */
  readonly removedObjects: ReadonlySet<string>;
  /** References that the rollback removes, those of removed objects included. */
  readonly removed: readonly Reference[];
  /** References that remain. */
  readonly remaining: readonly Reference[];
}

function referenceOf(table: string, column: string, field: Field): Reference[] {
  const target = referenceTarget(field, table);
  return target === undefined ? [] : [{ table, column, target, isList: isList(field) }];
}

const referencesOf = (table: string, fields: ObjectDefinition['fields'] = {}) =>
  Object.entries(fields).flatMap(([name, field]) => referenceOf(table, name, field));

const keyOf = ({ table, column }: Reference) => `${table}/${column}`;

/** References of the deployed objects, divided by what the plan of the rollback removes. */
export function referenceSchemaOf(
  { diff }: Pick<MigrationPlan, 'diff'>,
  deployed: readonly ObjectDefinition[],
): ReferenceSchema {
  const names = new Map(diff.objects.map(({ object, before }) => [object, before?.name ?? object]));
  const removedObjects = diff.objects.filter(({ change }) => change === 'removed');
  const removed = [
    ...removedObjects.flatMap(({ object, before }) => referencesOf(object, before?.fields)),
    ...diff.fields.flatMap(({ change, object, field, before }) =>
      change === 'removed' && before ? referenceOf(names.get(object) ?? object, field, before) : [],
    ),
  ];
  const removedKeys = new Set(removed.map(keyOf));
  const all = deployed.flatMap(({ name, fields }) => referencesOf(name, fields));
  return {
    removedObjects: new Set(removedObjects.map(({ object }) => object)),
    removed,
    remaining: all.filter((reference) => !removedKeys.has(keyOf(reference))),
  };
}
