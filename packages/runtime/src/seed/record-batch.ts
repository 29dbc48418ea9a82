import { type Field, type FieldEncoding, SYSTEM_FIELDS, storageOf } from '@objectstack/spec/data';
import type { SeedIdentity } from './seed-identity.js';
import type { SeedSet } from './seed-set.js';

/** A seed record with its lookups resolved. */
export interface SeedRecord {
  readonly index: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Lookups whose records do not exist yet. */
  readonly pending: readonly string[];
  readonly identity: SeedIdentity;
}

/** A text that equal values have in common, however a database compares them; null if that is not known. */
function markOf(encoding: FieldEncoding, value: unknown): string | null {
  if (encoding === 'text') return String(value).toLowerCase();
  if (encoding === 'number') return String(Number(value));
  return encoding === 'boolean' ? String(value) : null;
}

function encodingOf({ definition }: SeedSet, name: string): FieldEncoding {
  const system: Readonly<Record<string, Field>> = SYSTEM_FIELDS;
  return storageOf(definition.fields[name] ?? system[name] ?? { type: 'json' }).encoding;
}

/** Most records that are stored in one call. */
const MOST_RECORDS = 200;

/** Records that can be stored in any order, because no two of them are the same record. */
export class RecordBatch {
  #records: SeedRecord[] = [];
  readonly #marks = new Set<string>();
  readonly #encodings = new Map<string, FieldEncoding>();
  #isClosed = false;

  constructor(private readonly set: SeedSet) {}

  #encodingOf(name: string): FieldEncoding {
    const known = this.#encodings.get(name);
    if (known) return known;
    const encoding = encodingOf(this.set, name);
    this.#encodings.set(name, encoding);
    return encoding;
  }

  /** Texts of which two records that may be the same record have one in common; null if that is not known. */
  #marksOf({ id, where }: SeedIdentity): string[] | null {
    const marks = id === undefined ? [] : [`id ${id}`];
    if (!where) return marks;
    const keys = Object.entries(where).map(([name, value]) => markOf(this.#encodingOf(name), value));
    return keys.includes(null) ? null : [...marks, `keys ${JSON.stringify(keys)}`];
  }

  /** Adds the record, unless it may be the same as another one. The first record is always added. */
  add(record: SeedRecord): boolean {
    const marks = this.#marksOf(record.identity);
    const isRepeated = marks?.some((mark) => this.#marks.has(mark)) ?? true;
    const { length } = this.#records;
    if (length > 0 && (this.#isClosed || isRepeated || length === MOST_RECORDS)) return false;
    this.#isClosed = marks === null;
    for (const mark of marks ?? []) this.#marks.add(mark);
    this.#records.push(record);
    return true;
  }

  /** Empties the batch. */
  take(): SeedRecord[] {
    const records = this.#records;
    this.#records = [];
    this.#marks.clear();
    return records;
  }
}
