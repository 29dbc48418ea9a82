import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Client, createClient } from '@libsql/client';
import type { ApplyMigrationsOptions, DiffOptions, IDataDriver } from '@objectstack/spec/contracts';
import { type ObjectDefinition, ObjectDefinitionSchema, type TursoConfigInput } from '@objectstack/spec/data';
import type { MigrationPlan } from '@objectstack/spec/system';
import { temporaryFolder } from '@objectstack/testing';
import { onTestFinished } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { createSqliteSchemaDiff } from '../src/migration/schema-diff-service.js';

type Fields = Record<string, Record<string, unknown>>;

/** An object definition with defaults for irrelevant keys. */
export function object(name: string, fields: Fields, rest: Record<string, unknown> = {}): ObjectDefinition {
  return ObjectDefinitionSchema.parse({ name, fields, ...rest });
}

export async function planFor(
  driver: IDataDriver,
  objects: readonly ObjectDefinition[],
  options: DiffOptions = {},
): Promise<MigrationPlan> {
  const current = await createSqliteSchemaDiff().introspect(driver);
  return createSqliteSchemaDiff().generateMigrations(
    createSqliteSchemaDiff().diff(current, objects, options),
    'sqlite',
  );
}

export async function deploy(
  driver: IDataDriver,
  objects: readonly ObjectDefinition[],
  options: DiffOptions & ApplyMigrationsOptions = {},
) {
  return createSqliteSchemaDiff().applyMigrations(driver, await planFor(driver, objects, options), options);
}

/** A connected driver that is disconnected after the test. */
export async function connected(config: TursoConfigInput): Promise<IDataDriver> {
  const driver = createTursoDriver(config);
  await driver.connect();
  onTestFinished(() => driver.disconnect());
  return driver;
}

/** A direct connection to the file, without the driver. */
export function directClient(path: string): Client {
  const client = createClient({ url: pathToFileURL(path).href, concurrency: 1, timeout: 5_000 });
  onTestFinished(() => client.close());
  return client;
}

/** An empty database file, and a driver on it to which the objects were deployed. */
export async function freshDatabase(
  objects: readonly ObjectDefinition[] = [],
  settings: Omit<TursoConfigInput, 'url'> = {},
) {
  const path = join(await temporaryFolder(), 'tenant.db');
  await writeFile(path, '');
  const url = pathToFileURL(path).href;
  const driver = await connected({ url, ...settings });
  if (objects.length > 0) await deploy(driver, objects);
  return { driver, path, url };
}
