import type { DataRecord } from '@objectstack/spec/contracts';
import {
  type DefaultContext,
  type DriverCapabilities,
  type Field,
  type FieldValueModel,
  fieldValueModel,
  isList,
  isReference,
  type ObjectDefinition,
  referenceTarget,
  SYSTEM_FIELDS,
} from '@objectstack/spec/data';
import { type Collated, compareByLanguage } from './compare-values.js';
import { partialCondition } from './partial-condition.js';

export interface MemoryField extends FieldValueModel, Collated {
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
  /** Whether the key applies to the record. */
  readonly applies: (record: DataRecord) => boolean;
}

/** An object and its records, by id in the order of creation. */
export interface MemoryTable {
  readonly definition: ObjectDefinition;
  readonly fields: ReadonlyMap<string, MemoryField>;
  /** Fields that are stored in records. */
  readonly stored: readonly MemoryField[];
  readonly references: readonly MemoryReference[];
  readonly uniqueKeys: readonly UniqueKey[];
  /** Fields by which records can be looked up, because an index begins with them. */
  readonly indexed: ReadonlySet<string>;
  readonly records: ReadonlyMap<string, DataRecord>;
  /** How defaults are evaluated that are expressions; empty if they are not. */
  readonly evaluation: Pick<DefaultContext, 'evaluate'>;
}

function onDelete(field: Field): MemoryReference['onDelete'] {
  if (field.deleteBehavior === 'cascade') return 'cascade';
  return field.deleteBehavior === 'restrict' || field.required ? 'restrict' : 'set_null';
}

const always = () => true;

function uniqueKeysOf({ fields, indexes = [] }: ObjectDefinition): UniqueKey[] {
  const single = Object.entries(fields)
    .filter(([, field]) => field.unique)
    .map(([name, field]) => ({
      fields: [name],
      caseSensitive: field.caseSensitive !== false,
      applies: always,
    }));
  const several = indexes
    .filter(({ unique }) => unique)
    .map(({ fields: names, partial }) => ({
      fields: names,
      caseSensitive: true,
      applies: partial === undefined ? always : partialCondition(partial),
    }));
  return [...single, ...several];
}

function indexedFields({ fields, indexes = [] }: ObjectDefinition): ReadonlySet<string> {
  const whole = indexes.filter(({ partial }) => partial === undefined).map((index) => index.fields[0] ?? '');
  const alone = Object.entries(fields).filter(([, { unique, index }]) => unique || index);
  return new Set([...whole, ...alone.map(([name]) => name)]);
}

/** What a database and its driver do beyond storing records. */
export interface TableSettings {
  readonly supports: DriverCapabilities;
  /** Evaluates defaults that are expressions, if that is supported. */
  readonly evaluate?: DefaultContext['evaluate'] | undefined;
}

export function memoryTable(
  definition: ObjectDefinition,
  { supports, evaluate }: TableSettings,
): MemoryTable {
  const { id, created_at, updated_at } = SYSTEM_FIELDS;
  const all = Object.entries<Field>({ id, ...definition.fields, created_at, updated_at });
  const collation = supports.binaryCollation ? {} : { compareTexts: compareByLanguage };
  const fields = new Map(
    all.map(([name, field]) => [name, { name, ...fieldValueModel(field), ...collation }]),
  );
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
    indexed: indexedFields(definition),
    records: new Map(),
    evaluation: supports.expressionDefaults && evaluate ? { evaluate } : {},
  };
}
