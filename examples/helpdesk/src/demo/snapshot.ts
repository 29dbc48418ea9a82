import type { DataRecord, IDataDriver } from '@objectstack/spec/contracts';
import { version2 } from '../version-2.js';

/** The data that is compared between two processes. */
export interface Snapshot {
  readonly counts: Record<string, number>;
  readonly newestTicket: DataRecord | null;
  readonly inspectedMachines: DataRecord[];
}

export async function takeSnapshot(db: IDataDriver): Promise<Snapshot> {
  const counts: Record<string, number> = {};
  for (const name of version2.manifest.objects ?? []) counts[name] = await db.count(name);
  return {
    counts,
    newestTicket: await db.findOne('ticket', { orderBy: [{ field: 'number', order: 'desc' }] }),
    inspectedMachines: await db.find('machine', { where: { next_inspection_on: { $null: false } } }),
  };
}
