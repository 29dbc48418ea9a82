import {
  type Field,
  type Index,
  type ObjectDefinition,
  SYSTEM_FIELDS,
  storageOf,
} from '@objectstack/spec/data';
import { SYSTEM_PREFIX } from '@objectstack/spec/shared';
import type { TableForeignKey, TableIndex } from '@objectstack/spec/system';
import { canonicalJson, sha256 } from './hash.js';

export const INDEX_PREFIX = `${SYSTEM_PREFIX}ix_`;
const READABLE_LENGTH = 40;
const HASH_LENGTH = 10;

/** Index types that become an index; the others need engines that SQLite does not have. */
export const BUILT_INDEX_TYPES: ReadonlySet<NonNullable<Index['type']>> = new Set(['btree', 'hash']);

interface IndexRequest {
  readonly fields: readonly string[];
  readonly unique: boolean;
  readonly caseSensitive: boolean;
}

/** Named after its definition: an index that changes is another index. */
function toTableIndex(object: string, { fields, unique, caseSensitive }: IndexRequest): TableIndex {
  const collation = caseSensitive ? 'BINARY' : 'NOCASE';
  const columns = fields.map((name) => ({ name, collation, descending: false }));
  const readable = `${object}_${fields.join('_')}`.slice(0, READABLE_LENGTH);
  const hash = sha256(canonicalJson({ object, columns, unique })).slice(0, HASH_LENGTH);
  return { name: `${INDEX_PREFIX}${readable}_${hash}`, unique, columns, where: null, sql: null };
}

function requestsOfFields(fields: ObjectDefinition['fields']): IndexRequest[] {
  return Object.entries(fields).flatMap(([name, field]): IndexRequest[] => {
    if (field.unique) return [{ fields: [name], unique: true, caseSensitive: field.caseSensitive !== false }];
    return field.index || field.externalId ? [{ fields: [name], unique: false, caseSensitive: true }] : [];
  });
}

function requestsOfRules(definition: ObjectDefinition): IndexRequest[] {
  const indexes = (definition.indexes ?? [])
    .filter((index) => BUILT_INDEX_TYPES.has(index.type ?? 'btree'))
    .map(({ fields, unique }) => ({ fields, unique: unique === true, caseSensitive: true }));
  const rules = (definition.validations ?? []).flatMap((rule) =>
    rule.type === 'unique' && rule.active !== false
      ? [{ fields: rule.fields, unique: true, caseSensitive: rule.caseSensitive !== false }]
      : [],
  );
  return [...indexes, ...rules];
}

const hasColumn = (field: Field | undefined) => field !== undefined && storageOf(field).column !== null;

/**
 * The indexes of an object, sorted by name: those it asks for, and one for every foreign key. A key has its own even
 * where another index would do, because otherwise adding that other index would remove this one.
 */
export function indexesOf(
  definition: ObjectDefinition,
  foreignKeys: readonly TableForeignKey[],
): TableIndex[] {
  const isColumn = (name: string) =>
    Object.hasOwn(SYSTEM_FIELDS, name) ||
    hasColumn(Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined);
  const asked = [...requestsOfFields(definition.fields), ...requestsOfRules(definition)].filter((request) =>
    request.fields.every(isColumn),
  );
  const forKeys = foreignKeys.map(({ columns }) => ({ fields: columns, unique: false, caseSensitive: true }));
  const indexes = [...asked, ...forKeys].map((request) => toTableIndex(definition.name, request));
  const distinct = new Map(indexes.map((index) => [index.name, index]));
  return [...distinct.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
