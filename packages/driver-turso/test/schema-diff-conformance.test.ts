import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeSchemaDiffService, type SchemaDiffSubject } from '@objectstack/conformance';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { describe, it } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { sqliteSchemaDiff } from '../src/migration/schema-diff-service.js';
import { temporaryFolder } from './temporary-folder.js';
import { sharedSqld } from './transports.js';

const server = sharedSqld();

async function subject(driver: IDataDriver): Promise<SchemaDiffSubject> {
  await driver.connect();
  return { service: sqliteSchemaDiff, driver, destroy: () => driver.disconnect() };
}

const PLACES: Readonly<Record<string, () => Promise<IDataDriver>>> = {
  'on a file': async () => {
    const path = join(await temporaryFolder(), 'tenant.db');
    await writeFile(path, '');
    return createTursoDriver({ url: pathToFileURL(path).href });
  },
  'in memory': async () => createTursoDriver({ url: ':memory:' }),
  'on a server': async () => {
    const { url, token } = await server().createDatabase();
    return createTursoDriver({ url }, { authToken: token });
  },
};

/** What the service does not do yet, and why. */
const KNOWN_FAILURES: Readonly<Record<string, string>> = {
  'schema-diff-service/change/remove-lookup':
    'an index that goes is told by a name that its column never had',
  'schema-diff-service/change/remove-referred-object':
    'an index that goes is told by a name that its column never had',
  'schema-diff-service/change/swap-fields': 'a table whose columns look the same afterwards is not renamed',
  'schema-diff-service/keep/swap-fields': 'a table whose columns look the same afterwards is not renamed',
  'schema-diff-service/undo/remove-objects-in-circle':
    'records come back while the table that they refer to is not there',
  'schema-diff-service/undo/remove-objects-in-line':
    'records come back while the table that they refer to is not there',
  'schema-diff-service/rollback/gone-target-of-object':
    'the preflight does not look at the records of an object that comes back',
  'schema-diff-service/names/truth':
    'a column called true or false loses its name while its table is made anew',
  'schema-diff-service/owner/referred-by-another':
    'the table of another owner goes on referring to the table that was dropped',
};

for (const [name, open] of Object.entries(PLACES))
  describeSchemaDiffService(
    { describe, it },
    { name, create: async () => subject(await open()), knownFailures: KNOWN_FAILURES },
  );
