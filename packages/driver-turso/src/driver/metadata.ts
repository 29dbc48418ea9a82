import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import { closestName, ObjectStackError, unlessAborted } from '@objectstack/spec/shared';
import type { Connection, RequestOptions } from '../connection/connection.js';
import { isSqlError } from '../connection/is-sql-error.js';
import { assertMarkerOf, assertTenantMarker, TENANT_MARKER, toMarker } from '../connection/tenant-marker.js';
import { assertOwnTables, COLUMNS_OF_SYSTEM_TABLES } from '../schema/assert-own-tables.js';
import { isTooLarge, readInParts } from '../schema/read-in-parts.js';
import { MetadataSnapshot } from './metadata-snapshot.js';
import { METADATA_VERSION } from './metadata-version.js';

/*
 * A deployment id belongs to one tenant, and every statement asserts it. Statements therefore fail in a database that
 * replaced the tenant's, and it is sufficient to check the tenant marker whenever new metadata is accepted, in the same
 * snapshot.
 */

const LATEST = { sql: METADATA_VERSION };
const TENANT = { sql: TENANT_MARKER };
const DEFINITIONS = { sql: 'SELECT id, definition FROM _os_object' };
const DEFINITION_PARTS = { table: '_os_object', key: 'id', text: 'definition', columns: 'id, definition' };
const ATTEMPTS = 5;
const IS_CLAIMED = `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_os_object') AS claimed`;

const idOf = (latest: SqlResult | undefined): string | null => {
  const id = latest?.rows[0]?.id;
  return id === undefined ? null : String(id);
};

/** Cache of the metadata of one database. */
export class Metadata {
  readonly #connection: Connection;
  readonly #expectedTenantId: string | undefined;
  #snapshot = new MetadataSnapshot(null);
  #loading: Promise<boolean> | undefined;

  /** Tenant whose marker the database must hold when metadata is accepted. Absent: not checked. */
  constructor(connection: Connection, expectedTenantId?: string) {
    this.#connection = connection;
    this.#expectedTenantId = expectedTenantId;
  }

  /** The current snapshot. Replaced by another object when the metadata changes. */
  get snapshot(): MetadataSnapshot {
    return this.#snapshot;
  }

  /** Loads all metadata, once for concurrent callers. Resolves to whether the database has system tables. */
  async load({ signal, deadline }: RequestOptions = {}): Promise<boolean> {
    this.#loading ??= this.#load({ deadline }).finally(() => {
      this.#loading = undefined;
    });
    return unlessAborted(this.#loading, signal);
  }

  async #load(request: RequestOptions): Promise<boolean> {
    const answers = await this.#read(request);
    this.#snapshot = MetadataSnapshot.read(answers ?? [], this.#snapshot);
    return answers !== null;
  }

  /** Statements that read the version of the metadata and the tenant marker. */
  get #moment(): readonly SqlStatement[] {
    return this.#expectedTenantId === undefined ? [LATEST] : [LATEST, TENANT];
  }

  /** Results from one snapshot of the database; null if the system tables do not exist. */
  async #read(request: RequestOptions): Promise<readonly (SqlResult | undefined)[] | null> {
    const atomic = (statements: readonly SqlStatement[]) =>
      this.#connection.atomic(statements, { ...request, foreignKeys: 'on', mode: 'read' });
    const read = () => atomic([DEFINITIONS, ...this.#moment]);
    try {
      return this.#accept(await read());
    } catch (error) {
      if (isTooLarge(error)) return this.#accept(await readDefinitions(atomic, this.#moment));
      if (!isSqlError(error)) throw error;
      // If the tables were created in the meantime, the retry succeeds; any other error occurs again.
      const { rows } = await this.#connection.execute({ sql: IS_CLAIMED }, request);
      assertOwnTables(await this.#connection.execute({ sql: COLUMNS_OF_SYSTEM_TABLES }, request));
      await this.#assertTenant((statement) => this.#connection.execute(statement, request));
      return rows[0]?.claimed === 1 ? this.#accept(await read()) : null;
    }
  }

  /** Results for the definitions, the latest deployment and the tenant marker, after checking the marker. */
  #accept([objects, latest, tenant]: readonly SqlResult[]): readonly (SqlResult | undefined)[] {
    if (this.#expectedTenantId !== undefined)
      assertMarkerOf(tenant ? toMarker(tenant) : null, this.#expectedTenantId);
    return [latest, objects];
  }

  async #assertTenant(execute: (statement: SqlStatement) => Promise<SqlResult>): Promise<void> {
    if (this.#expectedTenantId !== undefined) await assertTenantMarker(execute, this.#expectedTenantId);
  }

  /** Reloads the metadata if there was a deployment in the meantime. */
  async revalidate(request: RequestOptions): Promise<void> {
    let latest: string | null;
    try {
      latest = idOf(await this.#connection.execute(LATEST, request));
    } catch (error) {
      if (!isSqlError(error)) throw error;
      latest = null;
    }
    if (latest !== this.#snapshot.deploymentId) await this.load(request);
  }

  /**
   * The metadata of a transaction, given the latest deployment that it read when it began. It stays valid until the
   * transaction ends, because the write lock prevents other deployments.
   */
  async pin(transaction: SqlTransaction, latest: SqlResult | null): Promise<MetadataSnapshot> {
    const known = this.#snapshot;
    const id = latest && idOf(latest);
    if (id !== null && id === known.deploymentId) return known;
    await this.#assertTenant((statement) => transaction.execute(statement));
    if (latest === null) return new MetadataSnapshot(null);
    if (id === known.deploymentId) return known;
    const definitions = transaction.execute(DEFINITIONS).catch(async (error) => {
      if (!isTooLarge(error)) throw error;
      return (await readDefinitions((statements) => inOrder(transaction, statements), [LATEST]))[0];
    });
    this.#snapshot = MetadataSnapshot.read([latest, await definitions], known);
    return this.#snapshot;
  }
}

async function inOrder(transaction: SqlTransaction, statements: readonly SqlStatement[]) {
  const results: SqlResult[] = [];
  for (const statement of statements) results.push(await transaction.execute(statement));
  return results;
}

/** All definitions and the results for the version and the marker, if the definitions exceed one response. */
async function readDefinitions(
  read: (statements: readonly SqlStatement[]) => Promise<readonly SqlResult[]>,
  moment: readonly SqlStatement[],
): Promise<readonly SqlResult[]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const parts = await readInParts(read, moment, [DEFINITION_PARTS]);
    if (parts) return [...parts.results, ...parts.moment];
  }
  throw new ObjectStackError({
    code: 'database_busy',
    message: 'The metadata changed during every attempt to read it. Retry the call.',
    details: { attempts: ATTEMPTS },
  });
}

/** The error for an object that is not deployed, with the deployed one that was probably intended. */
export function objectNotFound(name: string, deployed: MetadataSnapshot): ObjectStackError {
  const object = String(name);
  const suggestion = closestName(object, deployed.objectNames());
  const hint = suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`;
  return new ObjectStackError({
    code: 'object_not_found',
    message: `No object ${object} is deployed.${hint}`,
    details: { object, ...(suggestion !== undefined && { suggestion }) },
  });
}
