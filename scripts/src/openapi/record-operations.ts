import type { Operation } from './operation.js';
import { body, type ComponentSchema, count, input, listOf, text } from './schema-reference.js';

const OBJECT = '/tenants/{tenantId}/objects/{object}';
const RECORD = `${OBJECT}/records/{id}`;

const record = input('DataRecord');
const data = input('RecordData');
const filtered = { where: input('Filter') };

/** Components without a schema in the protocol, because their properties are those of the object. */
export const RECORD_COMPONENTS: Readonly<Record<string, ComponentSchema>> = {
  DataRecord: {
    description: 'A record as it is read: every stored field; a field without a value is null.',
    type: 'object',
    properties: { id: { type: 'string' } },
    required: ['id'],
    additionalProperties: true,
  },
  ValueRow: {
    description:
      'A row of values that is not a record: the result of a query with aggregations, groupBy or distinct.',
    type: 'object',
    additionalProperties: true,
  },
  RecordData: {
    description: "Values to write, by field name, for example `{ name: 'Acme', stars: 5 }`.",
    type: 'object',
    additionalProperties: true,
  },
  QueryExplanation: {
    description: 'How the database executes a query.',
    type: 'object',
    properties: {
      sql: { type: 'string', description: 'SQL statement, with placeholders for its values.' },
      steps: {
        ...listOf({ type: 'string' }),
        description: "Steps of the database's query plan, in the database's own words and order.",
      },
    },
    required: ['sql', 'steps'],
  },
};

/** Operations on records of one object of a tenant, through the driver that the router returns. */
export const RECORD_OPERATIONS: readonly Operation[] = [
  {
    method: 'IDataDriver.find',
    verb: 'post',
    path: `${OBJECT}/query`,
    body: input('Query'),
    answer: listOf({ anyOf: [record, input('ValueRow')] }),
  },
  {
    method: 'IDataDriver.findOne',
    verb: 'post',
    path: `${OBJECT}/query/first`,
    body: input('Query'),
    answer: { anyOf: [record, { type: 'null' }] },
  },
  {
    method: 'IDataDriver.count',
    verb: 'post',
    path: `${OBJECT}/query/count`,
    body: body({ 'where?': input('Filter') }),
    answer: count,
  },
  {
    method: 'IDataDriver.explain',
    verb: 'post',
    path: `${OBJECT}/query/explain`,
    body: input('Query'),
    answer: input('QueryExplanation'),
  },
  { method: 'IDataDriver.create', verb: 'post', path: `${OBJECT}/records`, body: data, answer: record },
  { method: 'IDataDriver.update', verb: 'patch', path: RECORD, body: data, answer: record },
  { method: 'IDataDriver.delete', verb: 'delete', path: RECORD, answer: { type: 'boolean' } },
  {
    method: 'IDataDriver.upsert',
    verb: 'put',
    path: `${OBJECT}/records`,
    body: body({ data, 'conflictKeys?': listOf(text) }),
    answer: record,
  },
  {
    method: 'IDataDriver.bulkCreate',
    verb: 'post',
    path: `${OBJECT}/bulk/create`,
    body: listOf(data),
    answer: listOf(record),
  },
  {
    method: 'IDataDriver.bulkUpdate',
    verb: 'post',
    path: `${OBJECT}/bulk/update`,
    body: listOf(body({ id: text, data })),
    answer: listOf(record),
  },
  { method: 'IDataDriver.bulkDelete', verb: 'post', path: `${OBJECT}/bulk/delete`, body: listOf(text) },
  {
    method: 'IDataDriver.updateMany',
    verb: 'post',
    path: `${OBJECT}/matching/update`,
    body: body({ ...filtered, data }),
    answer: count,
  },
  {
    method: 'IDataDriver.deleteMany',
    verb: 'post',
    path: `${OBJECT}/matching/delete`,
    body: body(filtered),
    answer: count,
  },
];
