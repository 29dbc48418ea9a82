import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectDefinitionSchema } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { ComponentKindEnum, type CurrentSchema } from '@objectstack/spec/system';
import { readTables } from './read-tables.js';
import { schemaHashOf } from './schema-hash.js';

const ATTEMPTS = 5;

const HEAD = `SELECT (SELECT schema_version FROM pragma_schema_version) AS schema_version,
  EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_os_deployment') AS claimed`;
const LATEST = 'SELECT id, plan_hash FROM _os_deployment ORDER BY sequence DESC LIMIT 1';
const OBJECTS = 'SELECT owner, definition FROM _os_object ORDER BY id';
const COMPONENTS = 'SELECT kind, name, owner, definition FROM _os_component ORDER BY kind, name';
const VIEWS = `SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY name`;

type Metadata = Pick<CurrentSchema, 'objects' | 'components' | 'deploymentId' | 'planHash'>;

const NO_METADATA: Metadata = { objects: [], components: [], deploymentId: null, planHash: null };

async function readMetadata(driver: IDataDriver): Promise<Metadata> {
  const statements = [LATEST, OBJECTS, COMPONENTS].map((sql) => ({ sql }));
  const [latest, objects, components] = await driver.executeAtomic(statements, { mode: 'read' });
  const deployment = latest?.rows[0];
  return {
    deploymentId: deployment ? String(deployment.id) : null,
    planHash: deployment ? String(deployment.plan_hash) : null,
    objects: (objects?.rows ?? []).map((row) => ({
      owner: String(row.owner),
      definition: ObjectDefinitionSchema.parse(JSON.parse(String(row.definition))),
    })),
    components: (components?.rows ?? []).map((row) => ({
      kind: ComponentKindEnum.parse(row.kind),
      name: String(row.name),
      owner: String(row.owner),
      definition: JSON.parse(String(row.definition)),
    })),
  };
}

async function readHead(
  driver: IDataDriver,
): Promise<{ schemaVersion: number; claimed: boolean; latest: string | null }> {
  const head = (await driver.execute(HEAD)).rows[0];
  const claimed = head?.claimed === 1;
  const latest = claimed ? (await driver.execute(LATEST)).rows[0]?.id : null;
  return { schemaVersion: Number(head?.schema_version), claimed, latest: latest ? String(latest) : null };
}

/** Tables and metadata of a database. Read again when somebody deploys in between. */
export async function introspect(driver: IDataDriver): Promise<CurrentSchema> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await readHead(driver);
    const metadata = before.claimed ? await readMetadata(driver) : NO_METADATA;
    const tables = await readTables(driver);
    const views = (await driver.execute(VIEWS)).rows.map((row) => ({
      name: String(row.name),
      sql: String(row.sql),
    }));
    const after = await readHead(driver);
    if (before.schemaVersion !== after.schemaVersion || before.latest !== after.latest) continue;
    const content = { tables, views, objects: metadata.objects, components: metadata.components };
    const { schemaVersion } = before;
    return { dialect: 'sqlite', ...content, ...metadata, schemaVersion, schemaHash: schemaHashOf(content) };
  }
  throw new ObjectStackError({
    code: 'database_busy',
    message: 'The schema changed each time it was read.',
    details: { attempts: ATTEMPTS },
  });
}
