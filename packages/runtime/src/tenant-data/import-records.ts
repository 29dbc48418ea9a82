import type { IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import {
  type CheckedRecord,
  checkNewRecord,
  type Field,
  idFieldOf,
  type ObjectDefinition,
  SYSTEM_FIELDS,
  type ValueModels,
  valueModelOf,
} from '@objectstack/spec/data';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { maskRecord, type RecordMasks } from '../masking/record-masks.js';
import { quote } from '../seed/run-sql.js';
import { recordAssignedIds } from '../shared/assigned-ids.js';
import type { ArchiveReader } from './archive-reader.js';
import { atLine, invalidArchive } from './invalid-archive.js';

/** Records of one transaction. */
const BATCH_RECORDS = 200;
const BATCH_CHARACTERS = 1_000_000;

interface Batch {
  readonly statements: SqlStatement[];
  /** Line of each statement. */
  readonly lines: number[];
  characters: number;
}

const newBatch = (): Batch => ({ statements: [], lines: [], characters: 0 });

export interface ImportTarget {
  readonly driver: IDataDriver;
  readonly objects: ReadonlyMap<string, ValueModels>;
  readonly now: string;
  /** Masks of values; absent if every value is stored as the archive contains it. */
  readonly masks?: RecordMasks | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Fields by the names of the objects that records of an archive can belong to. */
export function fieldsByObject(definitions: readonly ObjectDefinition[]): Map<string, ValueModels> {
  const idTypes = new Map(definitions.map(({ name, idType }) => [name, idType]));
  return new Map(
    definitions.map((owner) => {
      const all = Object.entries<Field>({ ...owner.fields, ...SYSTEM_FIELDS, id: idFieldOf(owner) });
      const models = all.map(
        ([name, field]) =>
          [name, valueModelOf([name, field], owner, (object) => idTypes.get(object))] as const,
      );
      return [owner.name, new Map(models)];
    }),
  );
}

function invalidRecord(line: number, violations: CheckedRecord['violations']): ObjectStackError {
  return new ObjectStackError({
    code: 'validation_failed',
    message: `A record of the archive violates the rules of its object (line ${line}).`,
    details: { violations, index: line - 1 },
  });
}

/** The statement that stores a record as it was exported: its id, its timestamps and its autonumbers remain. */
function insertOf(
  { objects, now, masks }: ImportTarget,
  { object, record: given, line }: { object: string; record: Record<string, unknown>; line: number },
): SqlStatement {
  const fields = objects.get(object);
  if (!fields) throw invalidArchive('A record belongs to an object that the manifest does not have.', line);
  const record = masks ? maskRecord(masks, object, given) : given;
  if (typeof record.id !== 'string') throw invalidArchive('A record has no id.', line);
  const { values, violations } = checkNewRecord(fields, record, { id: record.id, now, system: true });
  if (violations.length > 0) throw invalidRecord(line, violations);
  const columns = [...values.keys()];
  const marks = columns.map(() => '?').join(', ');
  const sql = `INSERT INTO ${quote(object)} (${columns.map(quote).join(', ')}) VALUES (${marks})`;
  return { sql, args: columns.map((column) => values.get(column) ?? null) };
}

/** Foreign keys are verified when all records are there, because records refer to each other in any order. */
async function write({ driver, signal }: ImportTarget, { statements, lines }: Batch): Promise<void> {
  throwIfAborted(signal);
  if (statements.length === 0) return;
  try {
    await driver.executeAtomic(statements, { foreignKeys: 'off', ...(signal && { signal }) });
  } catch (error) {
    const index = ObjectStackError.isInstance(error) ? error.details.statementIndex : undefined;
    throw typeof index === 'number' ? atLine(error, lines[index] ?? 0) : error;
  }
}

const sizeOf = ({ args = [] }: SqlStatement) =>
  args.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);

/** Stores the records of an archive in batches; returns the number of records of each object. */
export async function importRecords(
  target: ImportTarget,
  reader: ArchiveReader,
): Promise<Record<string, number>> {
  const counts = new Map([...target.objects.keys()].map((name) => [name, 0]));
  let batch = newBatch();
  for await (const { object, record } of reader.all('record')) {
    const statement = insertOf(target, { object, record, line: reader.line });
    batch.statements.push(statement);
    batch.lines.push(reader.line);
    batch.characters += sizeOf(statement);
    counts.set(object, (counts.get(object) ?? 0) + 1);
    if (batch.statements.length < BATCH_RECORDS && batch.characters < BATCH_CHARACTERS) continue;
    await write(target, batch);
    batch = newBatch();
  }
  await write(target, batch);
  return Object.fromEntries(counts);
}

const COUNTER = `INSERT INTO _os_sequence (id, last_value, created_at, updated_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET last_value = max(last_value, excluded.last_value), updated_at = excluded.updated_at`;

/** The object and the field that a counter numbers; undefined if it numbers nothing. */
function numberedBy(objects: ReadonlyMap<string, ValueModels>, id: string) {
  const [object = '', ...rest] = id.split('.');
  const [field = ''] = rest.join('.').split(':');
  const model = objects.get(object)?.get(field);
  const isNumbered =
    field === 'id' ? model?.storage.encoding === 'integer_id' : model?.field.type === 'autonumber';
  return isNumbered ? { object, field } : undefined;
}

/** Stores the counters, so that no number is given to a second record. */
export async function importCounters(target: ImportTarget, reader: ArchiveReader): Promise<void> {
  const { objects, now } = target;
  let batch = newBatch();
  for await (const { id, lastValue } of reader.all('counter')) {
    const numbered = numberedBy(objects, id);
    if (!numbered)
      throw invalidArchive('A counter belongs to no autonumber field of the bundle.', reader.line);
    const statements =
      numbered.field === 'id'
        ? recordAssignedIds(numbered.object, String(lastValue))
        : [{ sql: COUNTER, args: [id, Number(lastValue), now, now] }];
    batch.statements.push(...statements);
    batch.lines.push(...statements.map(() => reader.line));
    if (batch.statements.length < BATCH_RECORDS) continue;
    await write(target, batch);
    batch = newBatch();
  }
  await write(target, batch);
}
