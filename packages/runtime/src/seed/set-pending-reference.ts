import type { DriverTransaction } from '@objectstack/spec/contracts';
import type { SeedProblemCode } from '@objectstack/spec/system';
import type { EvaluatedSet } from './evaluated-set.js';
import { isAboutRecord } from './is-about-record.js';
import type { SeedWriting } from './seed-set-writer.js';
import { addProblem, type PendingReference, type StoredSeedResult } from './stored-seed-result.js';

/** A seed set that is written, with the result so far. */
interface WrittenSet extends SeedWriting {
  readonly set: EvaluatedSet;
  readonly storedResult: StoredSeedResult;
}

/** Sets a lookup whose record has been written since. A lookup whose record is missing is not changed, and counted. */
export async function setPendingReference(
  { driver, resolver, trail, set, storedResult }: WrittenSet,
  { record, id, field, breaksRule }: PendingReference,
  transaction: DriverTransaction,
): Promise<void> {
  const { dataset, definition } = set;
  const facts = definition.fields[field];
  if (!facts) return;
  const value = dataset.records[record]?.[field];
  const resolved = await resolver.resolve(definition.name, facts, value, transaction);
  let problem: SeedProblemCode | undefined = resolved.isComplete ? undefined : 'reference_unresolved';
  try {
    if (resolved.value !== null) {
      const options = { transaction, system: true };
      trail.written(await driver.update(definition.name, id, { [field]: resolved.value }, options));
    } else if (breaksRule) {
      storedResult.result.ruleViolations++;
      addProblem(storedResult, { record, field, code: 'required' });
    }
  } catch (error) {
    if (!isAboutRecord(error)) throw error;
    problem = error.code;
  }
  if (!problem) return;
  storedResult.result.referencesUnresolved++;
  addProblem(storedResult, { record, field, code: problem });
}
