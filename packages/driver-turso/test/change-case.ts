import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { destructiveChanges, type MigrationPlan } from '@objectstack/spec/system';
import { createSqliteSchemaDiff } from '../src/migration/schema-diff-service.js';
import { directClient, freshDatabase, object } from './database.js';
import { rowsOf } from './table-rows.js';

type FieldFacts = Record<string, unknown>;

/** Two versions of an application, and the data that is written between them. */
export interface ChangeCase {
  readonly what: string;
  readonly before: readonly ObjectDefinition[];
  readonly after: readonly ObjectDefinition[];
  /** By object, in the order in which they are written. */
  readonly records?: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  /** SQL that ran outside of a deployment; `<index>` is the index that the first deployment made. */
  readonly unmanagedSql?: readonly string[];
}

export const text = { type: 'text' };
export const number = { type: 'number' };
export const strict = { type: 'text', storage: { notNull: true } };
export const notNull = { storage: { notNull: true } };
export const was = (renamedFrom: string) => ({ renamedFrom });
export const lookup = (reference: string, rest: FieldFacts = {}) => ({ type: 'lookup', reference, ...rest });
export const choice = (type: string, ...values: string[]) => ({
  type,
  options: values.map((value) => ({ label: value, value })),
});

/** An object whose name is irrelevant. */
export const thing = (fields: Record<string, FieldFacts>, rest: FieldFacts = {}): ObjectDefinition[] => [
  object('thing', fields, rest),
];

/** One field of that object, before and after, with its values in as many records. */
export const field = (
  before: FieldFacts,
  after: FieldFacts,
  values: readonly unknown[],
): Pick<ChangeCase, 'before' | 'after' | 'records'> => ({
  before: thing({ a: before }),
  after: thing({ a: after }),
  records: { thing: values.map((a, index) => ({ id: `t${index}`, a })) },
});

const OUR_INDEX = `SELECT name FROM sqlite_schema
  WHERE type = 'index' AND name LIKE '$_os$_ix$_%' ESCAPE '$' AND tbl_name NOT LIKE '$_os$_%' ESCAPE '$'`;

export async function runUnmanagedSql(path: string, statements: readonly string[]): Promise<void> {
  const client = directClient(path);
  const { rows } = await client.execute(OUR_INDEX);
  for (const sql of statements) await client.execute(sql.replaceAll('<index>', `"${rows[0]?.name}"`));
}

/** A database as it is before the change. */
export async function prepared({
  before,
  records = {},
  unmanagedSql = [],
}: Omit<ChangeCase, 'what' | 'after'>) {
  const { driver, path, url } = await freshDatabase(before);
  for (const [name, list] of Object.entries(records))
    await driver.bulkCreate(name, [...list], { system: true });
  if (unmanagedSql.length > 0) await runUnmanagedSql(path, unmanagedSql);
  return { driver, path, url };
}

/** The whole schema, and every record of every object that has its table. */
export async function contentOf(driver: IDataDriver, path: string) {
  const schema = await createSqliteSchemaDiff().introspect(driver);
  const tables = new Set(schema.tables.map(({ name }) => name));
  const objects = schema.objects.map(({ definition }) => definition);
  return {
    schema,
    rows: await rowsOf(
      path,
      objects.filter(({ name }) => tables.has(name)),
    ),
  };
}

/** Ids of the changes that require approval or may remove data. */
export const lossesOf = ({ diff, preflight }: MigrationPlan): string[] => [
  ...new Set([
    ...destructiveChanges(diff),
    ...preflight.flatMap(({ changeId, stops }) => (stops === 'unless_allowed' ? [changeId] : [])),
  ]),
];
