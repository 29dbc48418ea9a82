import { closestName } from './closest-name.js';

/** Names that other systems use for a value of an enum or for a key here. The first one that is known was meant. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  array: ['json'],
  attachment: ['file'],
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
  development: ['dev'],
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
  mandatory: ['required'],
  models: ['objects'],
  money: ['currency'],
  not_null: ['required'],
  notnull: ['required'],
  nullify: ['set_null'],
  object: ['json'],
  ondelete: ['deleteBehavior'],
  order: ['orderBy'],
  pagesize: ['limit'],
  picklist: ['select'],
  primary: ['unique'],
  primarykey: ['unique'],
  populate: ['expand'],
  production: ['prod'],
  ref: ['reference'],
  reference: ['lookup'],
  references: ['reference'],
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

/** The known name that was probably meant: one of the same meaning, or a similar one. */
export function nameMeant(name: unknown, known: readonly string[]): string | undefined {
  return typeof name === 'string' ? (synonymOf(name, known) ?? closestName(name, known)) : undefined;
}
