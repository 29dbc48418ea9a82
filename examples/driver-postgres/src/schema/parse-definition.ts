import { isDeepStrictEqual } from 'node:util';
import {
  autonumberFormatText,
  backfillProblem,
  defaultProblem,
  indexCondition,
  isAutonumberTokenField,
  type ObjectDefinition,
  ObjectDefinitionSchema,
  parseAutonumberFormat,
  SYSTEM_FIELD_TYPES,
  type SystemFieldName,
  separateSystemFields,
} from '@objectstack/spec/data';
import { driverError } from '../driver-error.js';
import { type ObjectTable, objectTable } from './object-table.js';
import type { Schema } from './schema.js';

export interface SchemaInput {
  readonly object: string;
  readonly definition: ObjectDefinition;
}

function assertSystemFields(object: string, { fields }: ObjectDefinition): void {
  for (const [name, types] of Object.entries(SYSTEM_FIELD_TYPES)) {
    const type = fields[name as SystemFieldName]?.type;
    if (type !== undefined && !types.includes(type)) throw driverError('invalid_request', { object, name });
  }
}

/** New and changed fields must be able to store what the definition itself gives them. */
function assertFields({ name: object, fields }: ObjectDefinition, deployed: ObjectTable | undefined): void {
  for (const [name, field] of Object.entries(fields)) {
    if (isDeepStrictEqual(deployed?.definition.fields[name], field)) continue;
    const problem = defaultProblem(field) ?? backfillProblem(field, fields);
    if (problem) throw driverError('invalid_request', { object, name, problem });
    if (field.type !== 'autonumber') continue;
    const isToken = (token: string) => isAutonumberTokenField(fields[token]);
    if (parseAutonumberFormat(autonumberFormatText(field), isToken).problems.length > 0)
      throw driverError('invalid_request', { object, name, problem: 'has an invalid format' });
  }
}

/** The definition with normalized conditions of partial indexes. */
function withConditions(definition: ObjectDefinition): ObjectDefinition {
  const { name: object, indexes } = definition;
  if (!indexes) return definition;
  const columns = new Set(objectTable({ ...definition, indexes: [] }).columns.map(({ name }) => name));
  const normalized = indexes.map((index) => {
    const unknown = index.fields.find((field) => !columns.has(field));
    if (unknown !== undefined) throw driverError('invalid_request', { object, name: unknown });
    if (index.partial === undefined) return index;
    const condition = indexCondition(index.partial, columns);
    if ('problem' in condition) throw driverError('invalid_request', { object, problem: condition.problem });
    return { ...index, partial: condition.sql };
  });
  return { ...definition, indexes: normalized };
}

/**
 * The table of a definition. Throws `invalid_request` if the definition is malformed, and `not_supported` if its ids are integers
 * that the database assigns.
 */
export function parseDefinition({ object, definition }: SchemaInput, { tables }: Schema): ObjectTable {
  const parsed = ObjectDefinitionSchema.safeParse(definition);
  if (!parsed.success || parsed.data.name !== object) throw driverError('invalid_request');
  if (parsed.data.idType === 'integer') throw driverError('not_supported', { feature: 'integerIds' });
  assertSystemFields(object, parsed.data);
  const own = separateSystemFields(parsed.data);
  assertFields(own, tables.get(object));
  return objectTable(withConditions(own));
}
