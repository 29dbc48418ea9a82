import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeSchemaDiffService, type SchemaDiffSubject } from '@objectstack/conformance';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { describe, it } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { sqliteSchemaDiff } from '../src/migration/schema-diff-service.js';
import { KNOWN_FAILURES } from './known-failures.js';
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

for (const [name, open] of Object.entries(PLACES))
  describeSchemaDiffService(
    { describe, it },
    { name, create: async () => subject(await open()), knownFailures: KNOWN_FAILURES },
  );
