/** What the requirements of a data driver ask for, by group. */
export const DATA_DRIVER_GROUPS: Readonly<Record<string, string>> = {
  lifecycle: 'Connecting, disconnecting and health, each in any state.',
  'not-connected': 'Every method before `connect` and after `disconnect`.',
  aborted: 'Every method with a signal that is already aborted.',
  'aborted-while-waiting':
    'Every method whose signal is aborted while another transaction is open: the call must end within a second.',
  twice: 'Every method called again: no call may leave the driver in a state in which the next one fails.',
  concurrently: 'Every method called several times at once.',
  denied:
    'One requirement for each capability that a driver does not declare: the calls that need it are rejected.',
  create: 'New records: defaults, ids, validation, unique fields, system writes.',
  values:
    'The [values of every field type](../reference/drivers.md#encodings): what is accepted, stored and returned.',
  autonumber:
    '[Autonumbers](../reference/drivers.md#autonumbers): counters, concurrency, numbers of system writes.',
  'integer-id':
    'Objects with `idType: integer`: ids that the database assigns, their digits, notation and order, and references to them.',
  update: 'Changed records: which values change, and which never do.',
  upsert: 'Records that are found by keys, or created.',
  delete: 'Deleted records, and the lookups that refer to them.',
  bulk: 'Many records in one call, all or none.',
  many: 'Changing and deleting all records that a filter selects.',
  filter:
    'Conditions: [the operators](../reference/drivers.md#operators-of-a-condition) of every kind of field.',
  query: 'Order, pages, cursors and requested fields.',
  rows: 'Groups, aggregates and distinct rows.',
  expand: 'Lookups that are replaced by the records that they refer to.',
  stream: 'Reading many records one at a time, in pages.',
  transaction:
    'Several calls in one transaction: isolation, rollback, expiration, nesting. A lookup with `restrict` is checked at once, a lookup to a missing record on commit.',
  schema:
    'Deploying objects. `syncSchema` adds objects, fields and rules, and rejects what could lose a value or a rule: a removed field, another type, a weaker rule.',
  raw: 'SQL statements of tools and migrations.',
  'several-drivers': 'Several drivers on one database, as in several processes. Needs the option `another`.',
  'name-mistakes':
    'Names of objects. System tables (`_os_…`) need not exist; only system writes may reach them.',
  'argument-mistakes': 'Arguments that are no records, ids, lists or options.',
  'filter-mistakes': 'Filters of the wrong form, and conditions that name no stored field or no operator.',
  'operand-mistakes': 'Values that conditions cannot compare with.',
  'filter-only-mistakes': 'Queries of which only the filter is used.',
  'query-mistakes': 'Queries of the wrong form, unknown fields, order and cursors.',
  'expand-mistakes': 'Lookups that cannot be expanded.',
  'rows-mistakes': 'Aggregations and groups that cannot be computed.',
  'record-mistakes': 'Values that violate rules of their fields.',
  'constraint-mistakes': 'Records that violate rules between records.',
  'key-mistakes': 'Keys of an upsert.',
  'transaction-mistakes': 'Transactions that have ended or belong to another driver.',
  'schema-mistakes': 'Definitions that cannot be deployed.',
  model:
    'Random operations, compared with a reference implementation. A failure prints the seed and the shortest sequence.',
};
