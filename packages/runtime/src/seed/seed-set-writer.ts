import type {
  DataRecord,
  DriverOptions,
  DriverTransaction,
  IDataDriver,
  RecordViolation,
} from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { SeedProblemCode } from '@objectstack/spec/system';
import type { EvaluatedSet } from './evaluated-set.js';
import { preservesEdits } from './preserves-edits.js';
import type { ReferenceResolver } from './reference-resolver.js';
import { resolveRecord } from './resolve-record.js';
import { findByIdentity, identify } from './seed-identity.js';
import { externalKeys } from './seed-keys.js';
import { addProblem, type PendingReference, type SeedTally } from './seed-tally.js';
import type { SeedTrail } from './seed-trail.js';

type Data = Record<string, unknown>;

/** Codes of errors that affect one record and leave its transaction usable. */
const RECORD_ERRORS: ReadonlySet<string> = new Set([
  'validation_failed',
  'unique_violation',
  'foreign_key_violation',
  'not_null_violation',
  'record_not_found',
]);

const isAboutRecord = (error: unknown): error is ObjectStackError =>
  ObjectStackError.isInstance(error) && RECORD_ERRORS.has(error.code);

export interface SeedWriting {
  readonly driver: IDataDriver;
  readonly resolver: ReferenceResolver;
  readonly trail: SeedTrail;
}

/** Writes the records of one seed set inside a transaction of the caller and counts the results. */
export class SeedSetWriter {
  readonly #driver: IDataDriver;
  readonly #resolver: ReferenceResolver;
  readonly #trail: SeedTrail;
  readonly #set: EvaluatedSet;
  readonly #tally: SeedTally;

  constructor({ driver, resolver, trail }: SeedWriting, set: EvaluatedSet, tally: SeedTally) {
    this.#driver = driver;
    this.#resolver = resolver;
    this.#trail = trail;
    this.#set = set;
    this.#tally = tally;
  }

  async write(index: number, transaction: DriverTransaction): Promise<void> {
    const violations: RecordViolation[] = [];
    const options = {
      transaction,
      system: true,
      onViolation: (violation: RecordViolation) => violations.push(violation),
    };
    try {
      const { data, pending } = await resolveRecord(this.#resolver, this.#set, index, transaction);
      const record = await this.#store(data, index, options);
      if (record) this.#count(index, violations, { id: record.id, pending });
    } catch (error) {
      if (!isAboutRecord(error)) throw error;
      this.#tally.result.failed++;
      addProblem(this.#tally, { record: index, code: error.code });
    }
  }

  /** Sets a lookup whose record exists meanwhile. A lookup whose record is missing is not changed, and counted. */
  async settle(reference: PendingReference, transaction: DriverTransaction): Promise<void> {
    const { record, id, field, breaksRule } = reference;
    const { dataset, definition } = this.#set;
    const facts = definition.fields[field];
    if (!facts) return;
    const value = dataset.records[record]?.[field];
    const resolved = await this.#resolver.resolve(definition.name, facts, value, transaction);
    let problem: SeedProblemCode | undefined = resolved.isComplete ? undefined : 'reference_unresolved';
    try {
      if (resolved.value !== null) {
        const options = { transaction, system: true };
        const changes = { [field]: resolved.value };
        this.#trail.written(await this.#driver.update(definition.name, id, changes, options));
      } else if (breaksRule) {
        this.#tally.result.ruleViolations++;
        addProblem(this.#tally, { record, field, code: 'required' });
      }
    } catch (error) {
      if (!isAboutRecord(error)) throw error;
      problem = error.code;
    }
    if (!problem) return;
    this.#tally.result.referencesUnresolved++;
    addProblem(this.#tally, { record, field, code: problem });
  }

  /** A pending required lookup violates its rule only if it remains empty. */
  #count(
    record: number,
    violations: readonly RecordViolation[],
    { id, pending }: { id: string; pending: readonly string[] },
  ): void {
    for (const field of this.#set.skipped.get(record) ?? []) {
      this.#tally.result.expressionsSkipped = (this.#tally.result.expressionsSkipped ?? 0) + 1;
      addProblem(this.#tally, { record, field, code: 'expression_not_evaluated' });
    }
    const isWaiting = ({ field, rule }: RecordViolation) => rule === 'required' && pending.includes(field);
    for (const field of pending) {
      const breaksRule = violations.some((violation) => violation.field === field && isWaiting(violation));
      this.#tally.pending.push({ record, id, field, breaksRule });
    }
    for (const violation of violations) {
      if (isWaiting(violation)) continue;
      this.#tally.result.ruleViolations++;
      addProblem(this.#tally, { record, field: violation.field, code: violation.rule });
    }
  }

  async #store(
    data: Data,
    index: number,
    options: DriverOptions & { transaction: DriverTransaction },
  ): Promise<DataRecord | null> {
    const { dataset, definition } = this.#set;
    const identity = identify(this.#set, data, index);
    const [existing, another] = await findByIdentity(this.#driver, this.#set, identity, options.transaction);
    const { mode } = dataset;
    const leavesAlone = existing ? mode === 'insert' || mode === 'ignore' : mode === 'update';
    if (leavesAlone) {
      this.#tally.result.unchanged++;
      return null;
    }
    if (another) {
      throw new ObjectStackError({
        code: 'unique_violation',
        message: `Several records of ${definition.name} match the key. Make the key unique.`,
        details: { object: definition.name, fields: externalKeys(dataset) },
      });
    }
    if (existing) return this.#update(existing.id, data, options);
    return this.#insert({ ...data, ...(identity.id !== undefined && { id: identity.id }) }, options);
  }

  async #insert(data: Data, options: DriverOptions): Promise<DataRecord> {
    const record = await this.#driver.create(this.#set.definition.name, data, options);
    this.#trail.created(record);
    this.#tally.result.inserted++;
    return record;
  }

  /** Keeps id, creation time and autonumbers. */
  async #update(id: string, data: Data, options: DriverOptions): Promise<DataRecord | null> {
    const { dataset, definition } = this.#set;
    const changes = Object.entries(data).filter(
      ([name]) => name !== 'id' && name !== 'created_at' && definition.fields[name]?.type !== 'autonumber',
    );
    const before = await this.#trail.before(id);
    if (preservesEdits(dataset, before)) {
      this.#tally.result.unchanged++;
      return null;
    }
    const record = await this.#driver.update(definition.name, id, Object.fromEntries(changes), options);
    this.#trail.updated(record, before);
    const { result } = this.#tally;
    result.updated++;
    if (await this.#trail.isOverwritten(before, id)) result.overwritten = (result.overwritten ?? 0) + 1;
    return record;
  }
}
