import { closestName } from './closest-name.js';

/** Names that other systems use for a value of an enum or for a key here. The first one that is known was meant. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  '!=': ['$ne'],
  $ilike: ['$contains'],
  $like: ['$contains'],
  $regex: ['$contains'],
  $search: ['$contains'],
  '<': ['$lt'],
  '<=': ['$lte'],
  '<>': ['$ne'],
  '=': ['$eq'],
  '==': ['$eq'],
  '>': ['$gt'],
  '>=': ['$gte'],
  and: ['$and'],
  array: ['json'],
  ascending: ['asc'],
  attachment: ['file'],
  attributes: ['fields'],
  authtoken: ['token'],
  bigint: ['number'],
  bool: ['boolean'],
  checkbox: ['boolean'],
  choices: ['options'],
  collections: ['objects'],
  columns: ['fields'],
  data: ['seedData'],
  datatype: ['type'],
  decimal: ['number'],
  default: ['defaultValue'],
  delete: ['cascade'],
  descending: ['desc'],
  dev: ['development'],
  development: ['dev'],
  direction: ['order'],
  double: ['number'],
  dropdown: ['select'],
  entities: ['objects'],
  enum: ['select', 'options'],
  filter: ['where'],
  filters: ['where'],
  float: ['number'],
  formula: ['expression'],
  include: ['expand'],
  int: ['number'],
  integer: ['number'],
  join: ['expand'],
  like: ['$contains'],
  mandatory: ['required'],
  models: ['objects'],
  money: ['currency'],
  not: ['$not', '$ne'],
  not_null: ['required'],
  notnull: ['required'],
  nullify: ['set_null'],
  object: ['json'],
  ondelete: ['deleteBehavior'],
  or: ['$or'],
  order: ['orderBy'],
  organization: ['orgId'],
  organizationid: ['orgId'],
  pagesize: ['limit'],
  pattern: ['regex', 'format'],
  permissionsets: ['permissions'],
  picklist: ['select'],
  populate: ['expand'],
  primary: ['unique'],
  primarykey: ['unique'],
  prod: ['production'],
  production: ['prod'],
  properties: ['fields'],
  ref: ['reference'],
  reference: ['lookup'],
  references: ['reference'],
  regex: ['format'],
  relation: ['lookup'],
  relations: ['expand'],
  seeds: ['seedData'],
  select: ['fields'],
  skip: ['offset'],
  sort: ['orderBy'],
  string: ['text'],
  tables: ['objects'],
  take: ['limit'],
  target: ['reference'],
  timestamp: ['datetime'],
  top: ['limit'],
  trx: ['transaction'],
  tx: ['transaction'],
  uuid: ['text'],
  values: ['options'],
  varchar: ['text'],
  with: ['expand'],
};

/** The known name that has the same meaning as a word of another system. */
export function synonymOf(name: string, known: readonly string[]): string | undefined {
  const word = name.toLowerCase();
  return Object.hasOwn(SYNONYMS, word)
    ? SYNONYMS[word]?.find((synonym) => known.includes(synonym))
    : undefined;
}

/** The name of a lookup by the name of its column, or by a path to its id: `account_id`, `accountId`, `account.id`. */
const LOOKUP_ID = /^(.*[^_.])(?:[_.]id|Id)$/s;

function lookupOf(name: string, known: readonly string[]): string | undefined {
  const [, lookup] = LOOKUP_ID.exec(name) ?? [];
  return lookup === undefined ? undefined : known.find((candidate) => candidate === lookup);
}

/** The known name that was probably meant: one of the same meaning, or a similar one. */
export function suggestName(name: unknown, known: readonly string[]): string | undefined {
  if (typeof name !== 'string') return undefined;
  return synonymOf(name, known) ?? lookupOf(name, known) ?? closestName(name, known);
}
