import type { TemplateRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type Kysely, sql } from 'kysely';
import { CompiledQueries } from './compiled-queries.js';
import { isPostgres, lockedRow } from './is-postgres.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { RegistryTables } from './registry-tables.js';
import { toTemplateRecord, toTemplateRow } from './to-template-record.js';

/*
 * A tenant that is being created from a template must find it until its database is copied. So the transaction that adds
 * the tenant locks the row of the template for reading, and the one that retires the template locks it for writing
 * before it looks for such tenants: one of them sees what the other did.
 */

type Database = Kysely<RegistryTables>;

export async function findTemplate(db: Database, contentKey: string): Promise<TemplateRecord | null> {
  const [row] = await new CompiledQueries(db).run('template', contentKey, (one, key) =>
    one
      .selectFrom('_os_control_template')
      .select(REGISTRY_COLUMNS._os_control_template)
      .where('content_key', '=', key),
  );
  return row ? toTemplateRecord(row) : null;
}

export async function listTemplates(db: Database): Promise<TemplateRecord[]> {
  const rows = await db
    .selectFrom('_os_control_template')
    .select(REGISTRY_COLUMNS._os_control_template)
    .orderBy('database_name')
    .execute();
  return rows.map(toTemplateRecord);
}

/** Another process may retire the existing template before it is read. */
export async function addTemplate(db: Database, record: TemplateRecord): Promise<TemplateRecord> {
  for (;;) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('_os_control_template')
      .values(toTemplateRow(record))
      .onConflict((conflict) => conflict.columns(['content_key']).doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 1n) return record;
    const existing = await findTemplate(db, record.contentKey ?? '');
    if (existing) return existing;
  }
}

export async function touchTemplate(
  db: Database,
  databaseName: string,
  { usedAt, isReady = false }: { usedAt: string; isReady?: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('_os_control_template')
    .set({
      used_at: sql<string>`case when used_at < ${usedAt} then ${usedAt} else used_at end`,
      ...(isReady && { status: 'ready' as const }),
    })
    .where('database_name', '=', databaseName)
    .where('status', '<>', 'deleting')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Throws `database_not_found` unless the template can be copied. Must be called in the transaction that adds the tenant. */
export async function holdTemplate(db: Database, databaseName: string): Promise<void> {
  const ready = await new CompiledQueries(db).run('ready template', databaseName, (one, name) => {
    const query = one.selectFrom('_os_control_template').select('status');
    const found = query.where('database_name', '=', name).where('status', '=', 'ready');
    return isPostgres(one) ? found.forShare() : found;
  });
  if (ready.length > 0) return;
  throw new ObjectStackError({
    code: 'database_not_found',
    message:
      'The template database is being built or deleted, so it cannot be copied. Wait until the template is ready, and repeat the call.',
    details: { databaseName },
  });
}

async function hasPendingCopies(db: Database, databaseName: string): Promise<boolean> {
  const row = await db
    .selectFrom('_os_control_tenant')
    .select('id')
    .where('template_database', '=', databaseName)
    .where('status', 'in', ['provisioning', 'failed'])
    .where('destroyed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  const preparing = db
    .selectFrom('_os_control_pool')
    .select('tenant_id')
    .where('template_database', '=', databaseName)
    .where('status', '=', 'preparing')
    .limit(1);
  return row !== undefined || (await preparing.executeTakeFirst()) !== undefined;
}

/** Must be called in a transaction. */
export async function retireTemplate(
  db: Database,
  databaseName: string,
  unusedSince: string,
): Promise<boolean> {
  const query = db.selectFrom('_os_control_template').select(['status', 'used_at']);
  const row = await lockedRow(db, query.where('database_name', '=', databaseName)).executeTakeFirst();
  if (!row) return false;
  if (row.status === 'deleting') return true;
  if (row.used_at >= unusedSince || (await hasPendingCopies(db, databaseName))) return false;
  await db
    .updateTable('_os_control_template')
    .set({ status: 'deleting', content_key: null })
    .where('database_name', '=', databaseName)
    .execute();
  return true;
}

/** Removes the record of its deployment too, which would keep the bundle from being removed. */
export async function removeTemplate(db: Database, databaseName: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('_os_control_template')
    .where('database_name', '=', databaseName)
    .where('status', '=', 'deleting')
    .executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) return;
  await db.deleteFrom('_os_control_deployment').where('tenant_id', '=', databaseName).execute();
}
