import { createHash } from 'node:crypto';
import {
  type FieldValueModel,
  type Index,
  isList,
  isReference,
  type ObjectDefinition,
} from '@objectstack/spec/data';
import { type LookupModel, type ObjectModel, objectModel } from '@objectstack/spec/drivers';
import { columnTypeOf } from './column-types.js';

/** A field of an object; a computed one has no column. */
export interface TableField extends FieldValueModel {
  readonly name: string;
  readonly column: ReturnType<typeof columnTypeOf>;
  /** Maximum size of a value, in bytes, if the field is indexed. */
  readonly maxBytes: number;
}

/** A field with a column. */
export type Column = TableField & { readonly column: NonNullable<TableField['column']> };

/** A lookup to one record, which is a foreign key once its target is deployed. */
export interface Lookup extends LookupModel {
  /** Name of the constraint. */
  readonly name: string;
}

export interface TableIndex {
  readonly name: string;
  readonly fields: readonly string[];
  readonly isUnique: boolean;
  /** SQL condition of a partial index. */
  readonly condition?: string | undefined;
}

/** An object as its table. */
export interface ObjectTable extends ObjectModel {
  readonly fields: ReadonlyMap<string, TableField>;
  readonly columns: readonly Column[];
  readonly primaryKey: string;
  readonly lookups: readonly Lookup[];
  readonly indexes: readonly TableIndex[];
}

/** Names of tables, indexes and constraints are limited to 63 bytes, which those of fields can already have. */
const shortName = (kind: string, ...parts: readonly unknown[]) =>
  `_os_${kind}_${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)}`;

const lookupsOf = ({ name: object, lookups }: ObjectModel): Lookup[] =>
  lookups.map((lookup) => ({ ...lookup, name: shortName('fk', object, lookup.field) }));

/** Index types without a counterpart; they only produce a warning when a bundle is validated. */
const IGNORED = new Set<Index['type']>(['gin', 'gist', 'fulltext']);

function indexesOf({ name: object, fields, indexes = [] }: ObjectDefinition): TableIndex[] {
  const named = (facts: Omit<TableIndex, 'name'>, ...parts: unknown[]): TableIndex => ({
    name: shortName(facts.isUnique ? 'uq' : 'ix', object, facts.fields, facts.condition, ...parts),
    ...facts,
  });
  const single = Object.entries(fields).flatMap(([field, definition]) => {
    const { unique, index, caseSensitive } = definition;
    if (unique) return [named({ fields: [field], isUnique: true }, caseSensitive !== false)];
    const isLookup = isReference(definition) && !isList(definition);
    return index || isLookup ? [named({ fields: [field], isUnique: false })] : [];
  });
  const several = indexes
    .filter(({ type, unique }) => unique || !IGNORED.has(type))
    .map((index) =>
      named({ fields: index.fields, isUnique: Boolean(index.unique), condition: index.partial }),
    );
  return [...new Map([...single, ...several].map((index) => [index.name, index])).values()];
}

/** An index of PostgreSQL stores at most 2,704 bytes for each record. */
const MAX_INDEX_BYTES = 2_600;

function maxBytesOf(indexes: readonly TableIndex[], field: string): number {
  const shares = indexes
    .filter(({ fields }) => fields.includes(field))
    .map(({ fields }) => Math.floor(MAX_INDEX_BYTES / fields.length));
  return Math.min(Number.POSITIVE_INFINITY, ...shares);
}

const isStored = (field: TableField): field is Column => field.column !== undefined;

export function objectTable(definition: ObjectDefinition): ObjectTable {
  const model = objectModel(definition);
  const indexes = indexesOf(definition);
  const fields = [...model.fields].map(([name, field]): TableField => {
    return { name, ...field, column: columnTypeOf(field), maxBytes: maxBytesOf(indexes, name) };
  });
  return {
    ...model,
    fields: new Map(fields.map((field) => [field.name, field])),
    columns: fields.filter(isStored),
    primaryKey: shortName('pk', definition.name),
    lookups: lookupsOf(model),
    indexes,
  };
}
