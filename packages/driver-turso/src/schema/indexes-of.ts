import {
  type Field,
  type Index,
  indexCondition,
  type ObjectDefinition,
  SYSTEM_FIELDS,
  storageOf,
} from '@objectstack/spec/data';
import { ObjectStackError, SYSTEM_PREFIX } from '@objectstack/spec/shared';
import type { TableForeignKey, TableIndex } from '@objectstack/spec/system';
import { canonicalJson } from './hash-of.js';
import { sha256 } from './sha256.js';

export const INDEX_PREFIX = `${SYSTEM_PREFIX}ix_`;
const READABLE_LENGTH = 40;
const HASH_LENGTH = 10;

/** Index types that become an SQLite index; SQLite has no equivalent for the others. */
export const BUILT_INDEX_TYPES: ReadonlySet<NonNullable<Index['type']>> = new Set(['btree', 'hash']);

interface IndexRequest {
  readonly fields: readonly string[];
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  /** Condition as written in the metadata. */
  readonly partial?: string | undefined;
}

/** The name contains a hash of the definition: a changed index is a different index. */
function toTableIndex(
  object: string,
  { fields, unique, caseSensitive }: IndexRequest,
  where: string | null,
): TableIndex {
  const collation = caseSensitive ? 'BINARY' : 'NOCASE';
  const columns = fields.map((name) => ({ name, collation, descending: false }));
  const readable = `${object}_${fields.join('_')}`.slice(0, READABLE_LENGTH);
  const hash = sha256(canonicalJson({ object, columns, unique, ...(where !== null && { where }) })).slice(
    0,
    HASH_LENGTH,
  );
  return { name: `${INDEX_PREFIX}${readable}_${hash}`, unique, columns, where, sql: null };
}

function conditionOf(object: string, partial: string, columns: ReadonlySet<string>): string {
  const condition = indexCondition(partial, columns);
  if ('sql' in condition) return condition.sql;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `The condition of an index of ${object} is not supported: ${condition.problem}.`,
    details: { object, problem: condition.problem },
  });
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
    .map(({ fields, unique, partial }) => ({
      fields,
      unique: Boolean(unique),
      caseSensitive: true,
      partial,
    }));
  const rules = (definition.validations ?? []).flatMap((rule) =>
    rule.type === 'unique' && rule.active !== false
      ? [{ fields: rule.fields, unique: true, caseSensitive: rule.caseSensitive !== false }]
      : [],
  );
  return [...indexes, ...rules];
}

const hasColumn = (field: Field) => storageOf(field).column !== null;

function columnsOf({ fields }: ObjectDefinition): Set<string> {
  const stored = Object.keys(fields).filter((name) => hasColumn(fields[name] as Field));
  return new Set([...Object.keys(SYSTEM_FIELDS), ...stored]);
}

/**
 * The indexes of an object, sorted by name: those that its metadata defines, and one for every foreign key. A key has
 * its own index even if another one covers it, because otherwise adding that other index would remove this one.
 */
export function indexesOf(
  definition: ObjectDefinition,
  foreignKeys: readonly TableForeignKey[],
): TableIndex[] {
  const columns = columnsOf(definition);
  const defined = [...requestsOfFields(definition.fields), ...requestsOfRules(definition)].filter((request) =>
    request.fields.every((name) => columns.has(name)),
  );
  const forKeys = foreignKeys.map(
    (key): IndexRequest => ({ fields: key.columns, unique: false, caseSensitive: true }),
  );
  const object = definition.name;
  const indexes = [...defined, ...forKeys].map((request) =>
    toTableIndex(object, request, request.partial ? conditionOf(object, request.partial, columns) : null),
  );
  const distinct = new Map(indexes.map((index) => [index.name, index]));
  return [...distinct.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
