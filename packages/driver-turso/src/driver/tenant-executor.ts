import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { AtomicRequest, Connection, RequestOptions } from '../connection/connection.js';
import { isSqlError } from '../connection/is-sql-error.js';
import { assertTenantMarker } from '../connection/tenant-marker.js';
import { withoutLeadingStatements } from '../connection/without-leading-statements.js';
import { readHead } from '../sql/statement-head.js';
import { tokenize } from '../sql/tokenize.js';
import { writingVerb } from '../sql/writing-verb.js';
import type { Executor } from './executor.js';
import { unguardedRead } from './read-statement.js';

/*
 * If a database can be replaced between two requests, each request asserts its tenant in the snapshot or transaction of its
 * statements. Raw SQL, EXPLAIN, the health check and reads of system tables or the schema assert the tenant marker (here).
 * Operations on objects assert the deployment id, which belongs to one tenant (metadata-version.ts). A transaction,
 * `connect` and `refresh` assert one of the two before they accept metadata (metadata.ts). A local file is checked when it
 * is opened, and again if the file was replaced.
 */

const OTHER_TENANT = 'OS_OTHER_TENANT';

/** Guard statement that fails, and with it the whole transaction, unless the database has the marker of the tenant. */
const tenantGuard = (tenantId: string): SqlStatement => ({
  sql: `SELECT CASE WHEN (SELECT id FROM _os_tenant) = ? THEN 1 ELSE json_extract('{}', '${OTHER_TENANT}') END`,
  args: [tenantId],
});

const isOtherTenant = (error: unknown) =>
  ObjectStackError.isInstance(error) && error.details.guard === OTHER_TENANT;

/**
 * Runs statements that assert no version of the metadata in one transaction, only in the database of the tenant. Throws
 * `database_invalid` if the database was replaced on the server while the driver was open.
 */
export async function atomicInTenant(
  connection: Connection,
  { statements, request }: { statements: readonly SqlStatement[]; request: AtomicRequest },
  tenantId: string,
): Promise<SqlResult[]> {
  try {
    return (await connection.atomic([tenantGuard(tenantId), ...statements], request)).slice(1);
  } catch (error) {
    if (isOtherTenant(error) || isSqlError(error))
      await assertTenantMarker((statement) => connection.execute(statement, request), tenantId);
    throw withoutLeadingStatements(error, 1);
  }
}

/** A read need not wait for writes. */
function modeOf({ sql }: SqlStatement): AtomicRequest['mode'] {
  const tokens = tokenize(sql);
  return writingVerb(tokens, readHead(tokens)) === undefined ? 'read' : 'write';
}

/** Runs statements, each call in a transaction of its own, only in the database of the tenant. */
export function tenantExecutor(connection: Connection, options: RequestOptions, tenantId: string): Executor {
  const run = (statements: readonly SqlStatement[], mode: AtomicRequest['mode']) =>
    atomicInTenant(connection, { statements, request: { ...options, foreignKeys: 'on', mode } }, tenantId);
  return {
    async read(statement) {
      const [result] = await run([unguardedRead(statement)], 'read');
      return result as SqlResult;
    },
    async execute(statement) {
      const [result] = await run([statement], modeOf(statement));
      return result as SqlResult;
    },
    atomic: (statements) => run(statements, 'write'),
  };
}
