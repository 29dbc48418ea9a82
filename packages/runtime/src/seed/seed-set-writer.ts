import { isDeepStrictEqual } from 'node:util';
import type {
  DataRecord,
  DriverOptions,
  DriverTransaction,
  IDataDriver,
  RecordViolation,
} from '@objectstack/spec/contracts';
import { referenceTarget } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { countRecord } from './count-record.js';
import type { EvaluatedSet } from './evaluated-set.js';
import { isAboutRecord } from './is-about-record.js';
import { preservesEdits } from './preserves-edits.js';
import { RecordBatch, type SeedRecord } from './record-batch.js';
import type { ReferenceResolver } from './reference-resolver.js';
import { hasLookups, plainRecord, type ResolvedRecord, resolveRecord } from './resolve-record.js';
import { findByIdentity, identify, mayExist } from './seed-identity.js';
import { externalKeys } from './seed-keys.js';
import type { SeedUndoLog } from './seed-undo-log.js';
import { addProblem, type StoredSeedResult } from './stored-seed-result.js';

type Data = Record<string, unknown>;

/** Records that can be created together in the time in which one is stored alone. */
export const ALONE = 5;

const withIdentity = ({ data, identity: { id } }: SeedRecord): Data =>
  id === undefined ? data : { ...data, id };

const ofRecord = (violations: readonly RecordViolation[], index: number) =>
  violations.filter((violation) => violation.index === index);

export interface SeedWriting {
  readonly driver: IDataDriver;
  readonly resolver: ReferenceResolver;
  readonly trail: SeedUndoLog;
  /** Objects that are known to have no records; the writer removes its own when it writes to it. */
  readonly empty: Set<string>;
}

/** Writes the records of one seed set inside a transaction of the caller and counts the results. */
export class SeedSetWriter {
  readonly #driver: IDataDriver;
  readonly #resolver: ReferenceResolver;
  readonly #trail: SeedUndoLog;
  readonly #empty: Set<string>;
  readonly #set: EvaluatedSet;
  readonly #storedResult: StoredSeedResult;
  readonly #hasLookups: boolean;

  constructor(
    { driver, resolver, trail, empty }: SeedWriting,
    set: EvaluatedSet,
    storedResult: StoredSeedResult,
  ) {
    this.#driver = driver;
    this.#resolver = resolver;
    this.#trail = trail;
    this.#empty = empty;
    this.#set = set;
    this.#storedResult = storedResult;
    this.#hasLookups = hasLookups(resolver, set);
  }

  /**
   * Writes records from a position on, until a budget is used up: a record that is created together with others takes one
   * of it, and one that is stored alone {@link ALONE}. Returns the position that follows, and what is left.
   */
  async write(
    { from, budget }: { from: number; budget: number },
    transaction: DriverTransaction,
  ): Promise<{ to: number; left: number }> {
    const { length } = this.#set.dataset.records;
    const batch = new RecordBatch(this.#set);
    let left = budget;
    const store = async () => {
      left -= await this.#store(batch.take(), transaction);
    };
    let index = from;
    for (let queued = 0; index < length && left > queued; index++) {
      // Records of the batch may be what the lookup refers to.
      if (this.#hasLookups && this.#refersToSet(index)) {
        await store();
        queued = 0;
      }
      const record = this.#hasLookups
        ? await this.#orFail(index, () => this.#resolve(index, transaction))
        : this.#identified(index, plainRecord(this.#set, index));
      if (!record) left -= ALONE;
      else if (!batch.add(record)) {
        await store();
        queued = 0;
        batch.add(record);
      }
      queued += 1;
    }
    await store();
    return { to: index, left };
  }

  #refersToSet(index: number): boolean {
    const { dataset, definition } = this.#set;
    return Object.entries(dataset.records[index] ?? {}).some(([name, value]) => {
      const field = definition.fields[name];
      return field && value !== null && referenceTarget(field, definition.name) === definition.name;
    });
  }

  async #resolve(index: number, transaction: DriverTransaction): Promise<SeedRecord> {
    return this.#identified(index, await resolveRecord(this.#resolver, this.#set, index, transaction));
  }

  #identified(index: number, resolved: ResolvedRecord): SeedRecord {
    return { index, ...resolved, identity: identify(this.#set, resolved.data, index) };
  }

  /** The result of work on one record; undefined, and the record is counted, if it failed because of the record. */
  async #orFail<T>(index: number, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!isAboutRecord(error)) throw error;
      this.#storedResult.result.failed++;
      addProblem(this.#storedResult, { record: index, code: error.code });
      return undefined;
    }
  }

  /** Returns what it took of the budget. */
  async #store(records: readonly SeedRecord[], transaction: DriverTransaction): Promise<number> {
    if (await this.#createTogether(records, transaction)) return records.length;
    for (const record of records)
      await this.#orFail(record.index, async () => {
        const violations: RecordViolation[] = [];
        const onViolation = (violation: RecordViolation) => violations.push(violation);
        const stored = await this.#storeOne(record, { transaction, system: true, onViolation });
        if (stored) countRecord(this.#set, this.#storedResult, { record, violations, id: stored.id });
      });
    return records.length * ALONE;
  }

  /** Returns false, with nothing changed, unless all records are new and valid. */
  async #createTogether(records: readonly SeedRecord[], transaction: DriverTransaction): Promise<boolean> {
    const { dataset, definition } = this.#set;
    if (records.length < 2 || dataset.mode === 'update' || !this.#driver.supports.bulkCreate) return false;
    const identities = records.map(({ identity }) => identity);
    if (
      !this.#empty.delete(definition.name) &&
      (await mayExist(this.#driver, this.#set, identities, transaction))
    )
      return false;
    const violations: RecordViolation[] = [];
    const options = {
      transaction,
      system: true,
      onViolation: (violation: RecordViolation) => violations.push(violation),
    };
    const create = () => this.#driver.bulkCreate(definition.name, records.map(withIdentity), options);
    const created = await create().catch((error) => (isAboutRecord(error) ? null : Promise.reject(error)));
    if (!created) return false;
    for (const [index, record] of records.entries()) {
      const made = created[index] as DataRecord;
      this.#trail.created(made);
      this.#storedResult.result.inserted++;
      const own = violations.length === 0 ? violations : ofRecord(violations, index);
      countRecord(this.#set, this.#storedResult, { record, violations: own, id: made.id });
    }
    return true;
  }

  async #storeOne(
    record: SeedRecord,
    options: DriverOptions & { transaction: DriverTransaction },
  ): Promise<DataRecord | null> {
    const { dataset, definition } = this.#set;
    const { identity } = record;
    const [existing, another] = await findByIdentity(this.#driver, this.#set, identity, options.transaction);
    const { mode } = dataset;
    const leavesAlone = existing ? mode === 'insert' || mode === 'ignore' : mode === 'update';
    if (leavesAlone) {
      this.#storedResult.result.unchanged++;
      return null;
    }
    if (another) {
      throw new ObjectStackError({
        code: 'unique_violation',
        message: `Several records of ${definition.name} match the key. Make the key unique.`,
        details: { object: definition.name, fields: externalKeys(dataset) },
      });
    }
    if (existing) return this.#update(existing, record, options);
    return this.#insert(withIdentity(record), options);
  }

  async #insert(data: Data, options: DriverOptions): Promise<DataRecord> {
    this.#empty.delete(this.#set.definition.name);
    const record = await this.#driver.create(this.#set.definition.name, data, options);
    this.#trail.created(record);
    this.#storedResult.result.inserted++;
    return record;
  }

  /** Whether a record has the value of its field already. That of an expression is another one at each evaluation. */
  #isSame(index: number, name: string, [found, value]: readonly [unknown, unknown]): boolean {
    const { dataset, written } = this.#set;
    const isExpression = dataset.records[index]?.[name] !== written[index]?.[name];
    return isExpression || isDeepStrictEqual(found, value);
  }

  /** Keeps id, creation time and autonumbers. */
  async #update(
    existing: DataRecord,
    { data, index, pending }: SeedRecord,
    options: DriverOptions,
  ): Promise<DataRecord | null> {
    const { id } = existing;
    const { dataset, definition } = this.#set;
    const changes = Object.entries(data).filter(
      ([name]) => name !== 'id' && name !== 'created_at' && definition.fields[name]?.type !== 'autonumber',
    );
    const before = await this.#trail.before(id);
    // A lookup that waits for its record is set only if the record is written.
    const isKept =
      dataset.preserveEdits === true &&
      pending.length === 0 &&
      changes.every(([name, value]) => this.#isSame(index, name, [existing[name], value]));
    if (isKept || preservesEdits(dataset, before)) {
      this.#storedResult.result.unchanged++;
      return null;
    }
    const record = await this.#driver.update(definition.name, id, Object.fromEntries(changes), options);
    this.#trail.updated(record, before);
    const { result } = this.#storedResult;
    result.updated++;
    if (await this.#trail.isOverwritten(before, id)) result.overwritten = (result.overwritten ?? 0) + 1;
    return record;
  }
}
