import { isDeepStrictEqual } from 'node:util';
import type { IDataDriver } from '@objectstack/spec/contracts';
import * as fc from 'fast-check';
import { MismatchError } from '../kit/mismatch.js';
import { show } from '../kit/show.js';
import { MemoryDatabase } from '../reference/memory-database.js';
import { MemoryDriver } from '../reference/memory-driver.js';
import { adapting, type Capability, type DriverChecks, must } from './driver-trial.js';
import { deployable } from './field-kinds.js';
import { MODEL_OBJECTS } from './random-fields.js';
import { type Operation, operationsFor } from './random-operations.js';
import {
  isCorrect,
  OperationRunner,
  type Outcome,
  showOutcome,
  varyingFields,
  withoutFields,
} from './run-operation.js';
import { showOperations } from './show-operations.js';
import { SUITE_OBJECTS } from './suite-objects.js';

/** The sequences are divided, so that each check ends within the shortest default timeout of a test runner. */
const CHECKS = 5;

/** The reference implementation with the guarantees of a driver. No object of the operations has expressions as defaults. */
async function referenceFor({ supports }: IDataDriver): Promise<IDataDriver> {
  const driver = new MemoryDriver({ database: new MemoryDatabase({ ...supports, batchSchemaSync: true }) });
  await driver.connect();
  await driver.syncSchemasBatch(
    SUITE_OBJECTS.map((definition) => ({
      object: definition.name,
      definition: deployable(definition, supports),
    })),
  );
  return driver;
}

async function contentOf(driver: IDataDriver): Promise<unknown> {
  const content: [string, unknown][] = [];
  for (const object of MODEL_OBJECTS)
    content.push([object, withoutFields(await driver.find(object), varyingFields(driver))]);
  return Object.fromEntries(content);
}

/** Runs the same operations on both drivers and compares every result and the final records. Returns the results. */
export async function compareWithReference(
  driver: IDataDriver,
  sequence: readonly Operation[],
): Promise<Outcome[]> {
  const [subject, model] = [new OperationRunner(driver), new OperationRunner(await referenceFor(driver))];
  const outcomes: Outcome[] = [];
  try {
    for (const [index, operation] of sequence.entries()) {
      const expected = await model.run(operation);
      const outcome = await subject.run(operation);
      if (!isCorrect(outcome, expected))
        throw new MismatchError({
          input: showOperations(sequence.slice(0, index + 1)),
          expected: showOutcome(expected),
          found: showOutcome(outcome),
        });
      outcomes.push(expected);
    }
    await Promise.all([subject.finish(), model.finish()]);
    const [stored, expected] = [await contentOf(driver), await contentOf(model.driver)];
    if (!isDeepStrictEqual(stored, expected))
      throw new MismatchError({
        input: showOperations(sequence),
        expected: `stored records at the end: ${show(expected)}`,
        found: show(stored),
      });
  } finally {
    await Promise.all([subject.finish(), model.finish()]);
  }
  return outcomes;
}

/** The failure of the shortest sequence that fast-check found. */
function atSeed(error: unknown, place: string): unknown {
  if (!(error instanceof MismatchError)) return error;
  const { input = '', expected, found } = error;
  return new MismatchError({ input: `the last of these calls (${place})\n${input}`, expected, found });
}

/** The operations use everything that the driver declares. */
const ADAPTS: readonly Capability[] = [
  ...(['bulkCreate', 'bulkUpdate', 'bulkDelete', 'transactions', 'savepoints', 'streaming'] as const),
  ...(['queryFilters', 'queryAggregations', 'querySorting', 'queryPagination'] as const),
  ...(['jsonFields', 'arrayFields', 'deferredReferences', 'binaryCollation', 'gaplessAutonumbers'] as const),
];

/** Random operations with the seeds of one check. */
const sameAnswers = (index: number) =>
  adapting(
    ADAPTS,
    must(
      'returns the same results as the reference implementation for random operations',
      async ({ driver, fresh, seed, randomSequences }) => {
        const property = fc.asyncProperty(operationsFor(driver.supports), async (sequence) => {
          const subject = await fresh();
          await compareWithReference(subject, sequence);
          await subject.disconnect();
        });
        const settings = {
          seed: seed + index,
          numRuns: Math.ceil(randomSequences / CHECKS),
          unbiased: true,
        };
        const { failed, errorInstance, counterexamplePath } = await fc.check(property, settings);
        const place = `seed ${settings.seed}, path ${counterexamplePath ?? 'none'}`;
        if (failed) throw atSeed(errorInstance, place);
      },
    ),
  );

export const modelChecks: DriverChecks = Object.fromEntries(
  Array.from({ length: CHECKS }, (_, index) => [
    index === 0 ? 'same-answers' : `same-answers-${index + 1}`,
    sameAnswers(index),
  ]),
);
