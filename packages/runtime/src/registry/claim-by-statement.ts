import type { TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { auditRow } from './audit-table.js';
import { CompiledQueries } from './compiled-queries.js';
import { readCommitted } from './is-postgres.js';
import { NO_CHANNEL, type PoolClaim } from './pool-claim.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { PoolRow, RegistryTables } from './registry-tables.js';
import { withPooledDatabase } from './to-pooled-database.js';
import { toStepRow } from './to-provisioning-step.js';
import { newTenantRecord, toTenantRow } from './to-tenant-record.js';

type Database = Kysely<RegistryTables>;

/** Columns of a row to add whose values are those of the taken database. */
type FromPool = Readonly<Partial<Record<string, keyof PoolRow>>>;

const TENANT_FROM_POOL = {
  id: 'tenant_id',
  database_name: 'database_name',
  requested_region: 'region',
  template_database: 'template_database',
  connection_url: 'url',
} as const satisfies FromPool;
const OF_TENANT = { tenant_id: 'tenant_id' } as const satisfies FromPool;

/** PostgreSQL takes a parameter in a selection for text. */
const INTEGERS: ReadonlySet<string> = new Set(['attempt', 'retryable']);

/** Stands for the database in a record that is validated before one is taken. */
const UNKNOWN: Parameters<typeof withPooledDatabase>[1] = {
  tenant_id: 'unknown',
  database_name: 'unknown',
  region: null,
  template_database: null,
  url: 'unknown',
};

interface Insertion {
  readonly values: readonly unknown[];
  readonly query: () => RawBuilder<unknown>;
}

/** Adds the rows if a database was taken. */
function insertion(
  table: keyof RegistryTables & string,
  rows: readonly Readonly<Record<string, unknown>>[],
  fromPool: FromPool,
): Insertion {
  const columns = Object.keys(rows[0] ?? {});
  const given = columns.filter((column) => fromPool[column] === undefined);
  const selected = (row: Readonly<Record<string, unknown>>, column: string) => {
    const pooled = fromPool[column];
    if (pooled !== undefined) return sql.ref(`taken.${pooled}`);
    return INTEGERS.has(column) ? sql`cast(${row[column]} as integer)` : sql`${row[column]}`;
  };
  const query = () => {
    const selections = rows.map(
      (row) => sql`select ${sql.join(columns.map((column) => selected(row, column)))} from taken`,
    );
    const names = sql.join(columns.map((column) => sql.ref(column)));
    return sql`insert into ${sql.table(table)} (${names}) ${sql.join(selections, sql` union all `)}`;
  };
  return { values: rows.flatMap((row) => given.map((column) => row[column])), query };
}

/** Concurrent claims skip a database that another one has locked instead of waiting for it. */
function claimQuery(
  { poolKey, channel }: { poolKey: string; channel: string },
  insertions: readonly Insertion[],
): RawBuilder<PoolRow> {
  const columns = REGISTRY_COLUMNS._os_control_pool.map((column) => sql.ref(`_os_control_pool.${column}`));
  const added = insertions.map(({ query }, index) => sql`${sql.ref(`added_${index}`)} as (${query()})`);
  return sql<PoolRow>`
    with ready as (
      select tenant_id from _os_control_pool
      where pool_key = ${poolKey} and status = 'ready' and url is not null and not exists (
        select from _os_control_channel where name = ${channel} and release_name is not null
      ) order by used_at limit 1 for update skip locked
    ), taken as (
      delete from _os_control_pool using ready where _os_control_pool.tenant_id = ready.tenant_id
      returning ${sql.join(columns)}
    ), ${sql.join(added)}
    select * from taken`;
}

async function claim(
  db: Database,
  { poolKey, record: given, steps, by, ifNoReleaseIn: channel = NO_CHANNEL }: PoolClaim,
): Promise<TenantRecord | null> {
  // Before the statement, which commits what it adds. The columns of the pool were validated when they were written.
  const record = newTenantRecord(toTenantRow(withPooledDatabase(given, UNKNOWN)));
  const { provisioningStatus: after } = record.tenant;
  const entry = auditRow({ tenantId: '', action: 'create_tenant', after, by }, new Date().toISOString());
  const stepRows = steps.map((step) => ({ ...toStepRow('', step) }));
  const insertions = [
    insertion('_os_control_tenant', [{ ...toTenantRow(record) }], TENANT_FROM_POOL),
    insertion('_os_control_audit', [{ ...entry }], OF_TENANT),
    ...(stepRows.length > 0 ? [insertion('_os_control_step', stepRows, OF_TENANT)] : []),
  ];
  const values = [poolKey, channel, ...insertions.flatMap((one) => one.values)];
  const [row] = await new CompiledQueries(db).rows(`claim pooled ${steps.length}`, values, (one) => ({
    compile: () => claimQuery({ poolKey, channel }, insertions).compile(one),
  }));
  return row ? withPooledDatabase(record, row) : null;
}

/**
 * Claims a database by one statement of PostgreSQL, which is a transaction of its own: null if none is ready. Rejects with
 * `unique_violation` if the organization has used the request key.
 */
export async function claimByStatement(db: Database, claimed: PoolClaim): Promise<TenantRecord | null> {
  try {
    return await claim(db, claimed);
  } catch (error) {
    if (!ObjectStackError.isInstance(error, 'database_busy')) throw error;
    // A server whose default is stricter rejects a statement that meets a concurrent change.
    return readCommitted(db).execute((transaction) => claim(transaction, claimed));
  }
}
