import type { IDataDriver, SqlResult, SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError, runStepsInTurns, type Steps } from '@objectstack/spec/shared';
import { ComponentKindEnum, type CurrentSchema } from '@objectstack/spec/system';
import { isSqlError } from '../connection/is-sql-error.js';
import { foldCase } from '../sql/tokenize.js';
import { ADOPTED_FORMS, readAdoptedForms } from './adopted-forms.js';
import { assertOwnTables, COLUMNS_OF_SYSTEM_TABLES } from './assert-own-tables.js';
import { readDefinition } from './definition-text.js';
import { freezeDeeply, freezeDeeplyInSteps } from './freeze-deeply.js';
import { knownContents, rememberContents, type SchemaContents } from './known-contents.js';
import {
  cacheShapes,
  joinSchemaParts,
  knownTables,
  makeRoomForShapes,
  SCHEMA_PARTS,
  SCHEMA_TEXT,
  shapeStatements,
  viewTriggers,
} from './known-tables.js';
import { mapSteps } from './map-steps.js';
import { isTooLarge, readInParts } from './read-in-parts.js';
import { readJson } from './read-json.js';
import { schemaHashSteps } from './schema-hash-of.js';
import { structuredTable } from './structured-table.js';

const ATTEMPTS = 5;

/** They are created together: where only some are left, reading the rest fails as it should. */
const IS_CLAIMED = `SELECT EXISTS (SELECT 1 FROM sqlite_schema
  WHERE name IN ('_os_deployment', '_os_object', '_os_component')) AS claimed`;
const VERSION = 'SELECT schema_version FROM temp.pragma_schema_version';
const VIEWS = `SELECT json_group_array(json_array(name, sql)) AS views FROM sqlite_schema WHERE type = 'view'`;
const LATEST = `SELECT id, plan_hash, ${ADOPTED_FORMS} AS adopted FROM _os_deployment ORDER BY sequence DESC LIMIT 1`;
const OBJECTS = 'SELECT owner, definition FROM _os_object ORDER BY id';
const COMPONENTS = 'SELECT kind, name, owner, definition FROM _os_component ORDER BY kind, name';
/** One statement, because preparing and reading several takes longer than all else that they do. */
const SCHEMA = `SELECT (${VERSION}) AS schema_version, (${VIEWS}) AS views, (${SCHEMA_TEXT}) AS made`;
const METADATA = [LATEST, OBJECTS, COMPONENTS];

type Metadata = Pick<CurrentSchema, 'objects' | 'components'>;

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

function* toMetadata(objects: SqlResult | undefined, components: SqlResult | undefined): Steps<Metadata> {
  return {
    objects: yield* mapSteps(objects?.rows ?? [], (row) => ({
      owner: String(row.owner),
      definition: readDefinition(String(row.definition)),
    })),
    components: yield* mapSteps(components?.rows ?? [], (row) => ({
      kind: ComponentKindEnum.parse(row.kind),
      name: String(row.name),
      owner: String(row.owner),
      definition: freezeDeeply(readJson(String(row.definition)) as Record<string, unknown>),
    })),
  };
}

const statementsOf = (queries: readonly string[]) => queries.map((sql) => ({ sql }));

/** All results of one read transaction. Results about metadata are absent if the database has no system tables. */
async function readInOneTransaction(driver: IDataDriver): Promise<readonly SqlResult[]> {
  const read = (...queries: string[]) => driver.executeAtomic(statementsOf(queries), { mode: 'read' });
  try {
    return await read(SCHEMA, ...METADATA);
  } catch (error) {
    if (!isSqlError(error)) throw error;
    const [claimed, columns, ...schema] = await read(IS_CLAIMED, COLUMNS_OF_SYSTEM_TABLES, SCHEMA);
    if (columns) assertOwnTables(columns);
    // The tables may have been created in the meantime; any other error occurs again.
    return claimed?.rows[0]?.claimed === 1 ? read(SCHEMA, ...METADATA) : schema;
  }
}

const OBJECT_PARTS = { table: '_os_object', key: 'id', text: 'definition', columns: 'owner, definition' };
const COMPONENT_PARTS = {
  table: '_os_component',
  key: 'id',
  text: 'definition',
  columns: 'kind, name, owner, definition',
};

/**
 * The same results in several requests, for a schema that is too large for one; null if a deployment ran in the
 * meantime.
 */
async function readInSeveralRequests(driver: IDataDriver): Promise<readonly SqlResult[] | null> {
  const parts = await readInParts(
    (statements) => driver.executeAtomic(statements, { mode: 'read' }),
    statementsOf([VERSION, VIEWS, LATEST]),
    [SCHEMA_PARTS, OBJECT_PARTS, COMPONENT_PARTS],
  );
  if (!parts) return null;
  const [version, views, latest] = parts.moment;
  const [schema, objects, components] = parts.results;
  if (!version || !views || !latest || !schema || !objects || !components) return null;
  const rows = [{ ...version.rows[0], ...views.rows[0], ...joinSchemaParts(schema).rows[0] }];
  return [{ rows, rowsAffected: 0 }, latest, objects, components];
}

/** Everything that the contents follow from. */
const valuesIn = ([schema, latest, objects, components]: readonly SqlResult[]): SqlValue[][] => [
  [schema?.rows[0]?.views ?? null, schema?.rows[0]?.made ?? null],
  [latest?.rows[0]?.adopted ?? null],
  valuesOf(objects),
  valuesOf(components),
];

const valuesOf = (result: SqlResult | undefined) => (result?.rows ?? []).flatMap((row) => Object.values(row));

/** What the answers come to; null if the columns of a table were not cached yet. */
async function readContents(
  driver: IDataDriver,
  answers: readonly SqlResult[],
): Promise<SchemaContents | null> {
  const { tables, unknown } = await runStepsInTurns(knownTables(answers[0]));
  if (unknown.length > 0) makeRoomForShapes();
  for (const names of unknown)
    await runStepsInTurns(
      cacheShapes(names, await driver.executeAtomic(shapeStatements(names), { mode: 'read' })),
    );
  return unknown.length > 0 ? null : runStepsInTurns(schemaContents(answers, tables));
}

/** The schema as of one moment; null if the columns of a table were not cached yet, or a deployment ran in the meantime. */
async function readOnce(driver: IDataDriver): Promise<CurrentSchema | null> {
  const answers = await readInOneTransaction(driver).catch((error) =>
    isTooLarge(error) ? readInSeveralRequests(driver) : Promise.reject(error),
  );
  if (!answers) return null;
  const values = valuesIn(answers);
  const known = knownContents(values);
  const contents = known ?? (await readContents(driver, answers));
  if (!contents) return null;
  if (!known) rememberContents(values, contents);
  return runStepsInTurns(currentSchema(answers, contents));
}

/** The contents that the answers come to, once the shapes of all tables are known. */
function* schemaContents(
  [schema, latest, objects, components]: readonly SqlResult[],
  tables: CurrentSchema['tables'],
): Steps<SchemaContents> {
  const triggers = viewTriggers(schema);
  const views = (readJson(String(schema?.rows[0]?.views)) as [string, string][]).map(([name, sql]) => ({
    name,
    sql,
    triggers: triggers.get(foldCase(name)) ?? [],
  }));
  const adopted = readAdoptedForms(latest?.rows[0]?.adopted);
  const forms = new Set(adopted.map(({ name }) => name));
  const content = {
    tables: tables.map((table) => (forms.has(table.name) ? structuredTable(table) : table)),
    views: views.sort(byName),
    ...(yield* toMetadata(objects, components)),
  };
  return yield* freezeDeeplyInSteps({
    ...content,
    ...(adopted.length > 0 && { adopted }),
    schemaHash: yield* schemaHashSteps(content),
  });
}

/** The contents with what differs between databases and deployments. */
function* currentSchema(
  [schema, latest]: readonly SqlResult[],
  { schemaHash, ...contents }: SchemaContents,
): Steps<CurrentSchema> {
  const deployment = latest?.rows[0];
  return yield* freezeDeeplyInSteps<CurrentSchema>({
    dialect: 'sqlite',
    ...contents,
    deploymentId: deployment ? String(deployment.id) : null,
    planHash: deployment ? String(deployment.plan_hash) : null,
    schemaVersion: Number(schema?.rows[0]?.schema_version),
    schemaHash,
  });
}

/** Tables and metadata of a database. Frozen, so that values derived from them can be cached. */
export async function readCurrentSchema(driver: IDataDriver): Promise<CurrentSchema> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const schema = await readOnce(driver);
    if (schema) return schema;
  }
  throw new ObjectStackError({
    code: 'database_busy',
    message: `The schema changed during each of ${ATTEMPTS} attempts to read it. Retry when no other client changes it.`,
    details: { attempts: ATTEMPTS },
  });
}
