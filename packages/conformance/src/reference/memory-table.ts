import type { DataRecord } from '@objectstack/spec/contracts';
import {
  type Field,
  type FieldValueModel,
  fieldValueModel,
  isList,
  isReference,
  type ObjectDefinition,
  referenceTarget,
  SYSTEM_FIELDS,
} from '@objectstack/spec/data';

export interface MemoryField extends FieldValueModel {
  readonly name: string;
}

/** A lookup whose target must exist. */
interface MemoryReference {
  readonly field: string;
  readonly target: string;
  readonly onDelete: 'cascade' | 'restrict' | 'set_null';
}

interface UniqueKey {
  readonly fields: readonly string[];
  readonly caseSensitive: boolean;
}

/** An object and its records, by id in the order of creation. */
export interface MemoryTable {
  readonly definition: ObjectDefinition;
  readonly fields: ReadonlyMap<string, MemoryField>;
  /** Fields that are stored in records. */
  readonly stored: readonly MemoryField[];
  readonly references: readonly MemoryReference[];
  readonly uniqueKeys: readonly UniqueKey[];
  readonly records: ReadonlyMap<string, DataRecord>;
}

function onDelete(field: Field): MemoryReference['onDelete'] {
  if (field.deleteBehavior === 'cascade') return 'cascade';
  return field.deleteBehavior === 'restrict' || field.required ? 'restrict' : 'set_null';
}

function uniqueKeysOf({ fields, indexes = [] }: ObjectDefinition): UniqueKey[] {
  const single = Object.entries(fields)
    .filter(([, field]) => field.unique)
    .map(([name, field]) => ({ fields: [name], caseSensitive: field.caseSensitive !== false }));
  const several = indexes
    .filter(({ unique }) => unique)
    .map((index) => ({ fields: index.fields, caseSensitive: true }));
  return [...single, ...several];
}

export function memoryTable(definition: ObjectDefinition): MemoryTable {
  const { id, created_at, updated_at } = SYSTEM_FIELDS;
  const all = Object.entries<Field>({ id, ...definition.fields, created_at, updated_at });
  const fields = new Map(all.map(([name, field]) => [name, { name, ...fieldValueModel(field) }]));
  return {
    definition,
    fields,
    stored: [...fields.values()].filter(({ storage }) => storage.column !== null),
    references: Object.entries(definition.fields).flatMap(([field, { ...facts }]) => {
      const target = referenceTarget(facts, definition.name);
      return isReference(facts) && !isList(facts) && target
        ? [{ field, target, onDelete: onDelete(facts) }]
        : [];
    }),
    uniqueKeys: uniqueKeysOf(definition),
    records: new Map(),
  };
}
