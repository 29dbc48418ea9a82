import type { DataRecord } from '../contracts/driver-call.js';
import type { ObjectModel } from './object-model.js';
import { type Expansion, type RecordShape, shapeRecord } from './record-shape.js';

/** Reads the complete records of an object with these ids; those that do not exist are left out. */
export type ReadRecords<Model extends ObjectModel> = (
  target: Model,
  ids: ReadonlySet<string>,
) => Promise<readonly DataRecord[]>;

function idsIn(records: readonly DataRecord[], field: string): Set<string> {
  const values = records.flatMap((record) => record[field] ?? []);
  return new Set(values.filter((id): id is string => typeof id === 'string'));
}

/** Reads what the expansions of the records refer to, level by level, into `found`. */
async function readReferenced<Model extends ObjectModel>(
  records: readonly DataRecord[],
  expansions: readonly Expansion<Model>[],
  { read, found }: { read: ReadRecords<Model>; found: Map<Model, Map<string, DataRecord>> },
): Promise<void> {
  for (const { field, target, shape } of expansions) {
    const ids = idsIn(records, field);
    const known = found.get(target) ?? new Map<string, DataRecord>();
    found.set(target, known);
    const missing = new Set([...ids].filter((id) => !known.has(id)));
    for (const record of missing.size > 0 ? await read(target, missing) : []) known.set(record.id, record);
    const next = [...ids].flatMap((id) => known.get(id) ?? []);
    await readReferenced(next, shape.expansions, { read, found });
  }
}

/**
 * Returns records in the shape that a query returns, for databases that are read asynchronously: the asynchronous variant of `shapeRecord`. Each
 * object is read once for each level of expansions.
 */
export async function shapeRecords<Model extends ObjectModel>(
  records: readonly DataRecord[],
  shape: RecordShape<Model>,
  read: ReadRecords<Model>,
): Promise<DataRecord[]> {
  const found = new Map<Model, Map<string, DataRecord>>();
  await readReferenced(records, shape.expansions, { read, found });
  const find = (target: Model, id: string) => found.get(target)?.get(id);
  return records.map((record) => shapeRecord(record, shape, find));
}
