import type { DataRecord, DriverOptions, DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import type { Filter, ObjectDefinition, SeedDataset } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { ReferenceResolver } from './reference-resolver.js';
import { externalKeys, seedRecordId } from './seed-keys.js';
import { addProblem, type SeedTally } from './seed-tally.js';

type Data = Record<string, unknown>;

export interface SeedSet {
  readonly id: string;
  readonly dataset: SeedDataset;
  readonly definition: ObjectDefinition;
}

/** Codes that stop one record and leave its transaction usable. */
const RECORD_ERRORS: ReadonlySet<string> = new Set([
  'validation_failed',
  'unique_violation',
  'foreign_key_violation',
  'not_null_violation',
]);

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

/** Writes the records of one seed set inside a transaction of the caller's and counts what came of them. */
export class SeedSetWriter {
  readonly #driver: IDataDriver;
  readonly #resolver: ReferenceResolver;
  readonly #set: SeedSet;
  readonly #tally: SeedTally;
  readonly #keys: readonly string[];

  constructor(driver: IDataDriver, resolver: ReferenceResolver, set: SeedSet, tally: SeedTally) {
    this.#driver = driver;
    this.#resolver = resolver;
    this.#set = set;
    this.#tally = tally;
    this.#keys = externalKeys(set.dataset);
  }

  /** Empties the object, as the mode replace asks. */
  async clear(transaction: DriverTransaction): Promise<void> {
    await this.#driver.deleteMany(this.#set.definition.name, { where: {} }, { transaction, system: true });
  }

  async write(index: number, transaction: DriverTransaction): Promise<void> {
    const violations: { field: string; rule: string }[] = [];
    const options: DriverOptions = {
      transaction,
      system: true,
      onViolation: (violation) => violations.push(violation),
    };
    try {
      const { data, pending } = await this.#resolve(this.#set.dataset.records[index] ?? {}, transaction);
      const record = await this.#store(data, index, options);
      for (const field of record ? pending : [])
        this.#tally.pending.push({ record: index, id: record?.id ?? '', field });
    } catch (error) {
      if (!ObjectStackError.isInstance(error) || !RECORD_ERRORS.has(error.code)) throw error;
      this.#tally.result.failed++;
      addProblem(this.#tally, { record: index, code: error.code });
      return;
    }
    this.#tally.result.ruleViolations += violations.length;
    for (const { field, rule } of violations) addProblem(this.#tally, { record: index, field, code: rule });
  }

  /** Fills a lookup whose record has come meanwhile; one that has not stays empty and is counted. */
  async settle(
    { record: index, id, field }: SeedTally['pending'][number],
    transaction: DriverTransaction,
  ): Promise<void> {
    const { dataset, definition } = this.#set;
    const facts = definition.fields[field];
    const value = dataset.records[index]?.[field];
    if (!facts) return;
    const resolved = await this.#resolver.resolve(definition.name, facts, value, transaction);
    if (!resolved.isComplete) {
      this.#tally.result.referencesUnresolved++;
      addProblem(this.#tally, { record: index, field, code: 'reference_unresolved' });
    }
    if (resolved.value === null) return;
    const options = { transaction, system: true };
    await this.#driver.update(definition.name, id, { [field]: resolved.value }, options);
  }

  /** The record with its lookups as ids; a lookup that finds nothing yet is left out. */
  async #resolve(record: Data, transaction: DriverTransaction): Promise<{ data: Data; pending: string[] }> {
    const { definition } = this.#set;
    const data: Data = {};
    const pending: string[] = [];
    for (const [name, value] of Object.entries(record)) {
      const field = definition.fields[name];
      if (!field || value === null || !this.#resolver.refersInside(definition.name, field)) {
        data[name] = value;
        continue;
      }
      const resolved = await this.#resolver.resolve(definition.name, field, value, transaction);
      if (resolved.isComplete) data[name] = resolved.value;
      else pending.push(name);
    }
    return { data, pending };
  }

  async #store(data: Data, index: number, options: DriverOptions): Promise<DataRecord | null> {
    const { mode } = this.#set.dataset;
    const identity = this.#identify(data, index);
    const existing = await this.#find(identity.where, options);
    const leavesAlone = existing ? mode === 'insert' || mode === 'ignore' : mode === 'update';
    if (leavesAlone) {
      this.#tally.result.unchanged++;
      return null;
    }
    if (existing) return this.#update(existing.id, data, options);
    return this.#insert({ ...data, ...(identity.id !== undefined && { id: identity.id }) }, options);
  }

  /** What a record is known by: its keys, or an id where its mode or its data give no keys. */
  #identify(data: Data, index: number): { where: Filter; id?: string } {
    const { id: setId, dataset } = this.#set;
    const given = typeof data.id === 'string' ? data.id : undefined;
    if (dataset.mode !== 'insert' && this.#keys.every((key) => isScalar(data[key]))) {
      const where = Object.fromEntries(this.#keys.map((key) => [key, data[key] as string]));
      return { where, ...(given !== undefined && { id: given }) };
    }
    const id = given ?? seedRecordId(setId, index);
    return { where: { id }, id };
  }

  #find(where: Filter, { transaction }: DriverOptions): Promise<DataRecord | null> {
    return this.#driver.findOne(this.#set.definition.name, { where }, transaction ? { transaction } : {});
  }

  async #insert(data: Data, options: DriverOptions): Promise<DataRecord> {
    const record = await this.#driver.create(this.#set.definition.name, data, options);
    this.#tally.result.inserted++;
    return record;
  }

  /** Id, creation time and autonumbers stay what they were. */
  async #update(id: string, data: Data, options: DriverOptions): Promise<DataRecord> {
    const { definition } = this.#set;
    const changes = Object.entries(data).filter(
      ([name]) => name !== 'id' && name !== 'created_at' && definition.fields[name]?.type !== 'autonumber',
    );
    const record = await this.#driver.update(definition.name, id, Object.fromEntries(changes), options);
    this.#tally.result.updated++;
    return record;
  }
}
