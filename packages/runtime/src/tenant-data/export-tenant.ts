import { createHash } from 'node:crypto';
import type { CallOptions, IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { PROTOCOL_VERSION, throwIfAborted } from '@objectstack/spec/shared';
import {
  ARCHIVE_VERSION,
  REMOVED_OBJECT_PREFIX,
  SYSTEM_OBJECTS,
  type TenantArchiveLine,
} from '@objectstack/spec/system';
import { sqlIn } from '../seed/run-sql.js';
import { assignedIds } from '../shared/assigned-ids.js';
import { createTenantId } from '../shared/create-tenant-id.js';
import { originOf } from '../shared/origin-of.js';
import { copiedDatabase } from './copied-database.js';
import { exportedBundle } from './exported-bundle.js';
import { StagedCopy } from './staged-copy.js';
import type { TenantDataContext } from './tenant-data-context.js';
import { tenantInService } from './tenant-in-service.js';

/** Lines of an archive, hashed as they are written. */
class ArchiveWriter {
  readonly #hash = createHash('sha256');

  line(content: TenantArchiveLine): string {
    const text = `${JSON.stringify(content)}\n`;
    this.#hash.update(text);
    return text;
  }

  /** Checksum of all lines so far. */
  get checksum(): string {
    return this.#hash.copy().digest('hex');
  }
}

async function* countersOf(
  driver: IDataDriver,
  definitions: readonly ObjectDefinition[],
): AsyncGenerator<TenantArchiveLine> {
  const withIntegerIds = definitions.filter(({ idType }) => idType === 'integer').map(({ name }) => name);
  for (const [object, lastValue] of await assignedIds(sqlIn(driver), withIntegerIds))
    yield { kind: 'counter', id: `${object}.id`, lastValue };
  const query = { orderBy: [{ field: 'id' }] };
  for await (const row of driver.findStream(SYSTEM_OBJECTS.sequence.name, query, { system: true }))
    if (!row.id.startsWith(REMOVED_OBJECT_PREFIX))
      yield { kind: 'counter', id: row.id, lastValue: Number(row.last_value) };
}

interface Snapshot {
  readonly tenantId: string;
  readonly exportedAt: string;
  readonly signal: AbortSignal | undefined;
}

/** Lines of an archive of a database that no other process writes to. */
export async function* archiveLinesOf(
  context: TenantDataContext,
  driver: IDataDriver,
  { tenantId, exportedAt, signal }: Snapshot,
): AsyncGenerator<string> {
  const writer = new ArchiveWriter();
  const current = await context.dataPlane.schemaDiff.introspect(driver);
  const { stored, version, unwrittenSeeds } = await exportedBundle(context, driver, current);
  const definitions = current.objects.map(({ definition }) => definition);
  const objects = definitions.map(({ name }) => name);
  const bundleLine = stored && { kind: 'bundle' as const, bundle: { ...stored } };
  yield writer.line({
    kind: 'manifest',
    archiveVersion: ARCHIVE_VERSION,
    protocolVersion: PROTOCOL_VERSION,
    exportedAt,
    tenantId,
    bundleVersion: version,
    bundleChecksum: bundleLine && createHash('sha256').update(JSON.stringify(bundleLine)).digest('hex'),
    objects,
    ...(unwrittenSeeds.length > 0 && { unwrittenSeeds: [...unwrittenSeeds] }),
  });
  if (bundleLine) yield writer.line(bundleLine);
  const counts: Record<string, number> = {};
  for (const object of objects) {
    let count = 0;
    const query = { orderBy: [{ field: 'id' }] };
    for await (const record of driver.findStream(object, query, signal ? { signal } : {})) {
      yield writer.line({ kind: 'record', object, record });
      count++;
    }
    counts[object] = count;
  }
  for await (const counter of countersOf(driver, definitions)) yield writer.line(counter);
  yield `${JSON.stringify({ kind: 'end', recordCounts: counts, checksum: writer.checksum })}\n`;
}

/**
 * See {@link ITenantDataService.exportTenant}. The lines are read from a copy, which shows one committed state however long the
 * caller takes, and which is deleted when the caller stops.
 */
export async function* exportTenant(
  context: TenantDataContext,
  tenantId: string,
  options: CallOptions,
): AsyncGenerator<string> {
  const { signal } = options;
  const { databaseName: source } = await tenantInService(context.registry, tenantId);
  throwIfAborted(signal);
  const staged = { tenantId, kind: 'export', databaseName: `x-${createTenantId()}` } as const;
  const preparation = await StagedCopy.begin(context, staged, originOf(context, options));
  try {
    const { databaseName: name, createdAt: exportedAt } = preparation.copy;
    const { connection } = await copiedDatabase(context, { name, source }, options);
    const driver = context.dataPlane.createDriver({ ...connection, tenantId }, { ignoresBlocks: true });
    try {
      await driver.connect();
      yield* archiveLinesOf(context, driver, { tenantId, exportedAt, signal });
    } finally {
      await driver.disconnect();
    }
  } finally {
    await preparation.discard();
  }
}
