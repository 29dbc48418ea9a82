import { FILTER_OPERATORS } from '@objectstack/spec/data';
import { IS_EXHAUSTIVE } from '@objectstack/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEMORY_CAPABILITIES } from '../reference/memory-capabilities.js';
import { MemoryDriver } from '../reference/memory-driver.js';
import { compareWithReference } from './model-checks.js';
import { operationsFor } from './random-operations.js';
import type { Outcome } from './run-operation.js';
import { SUITE_OBJECTS } from './suite-objects.js';

const SEED = 1;
/** Number of sequences, and how often everything must occur in them. */
const [SEQUENCES, MANY, FEW] = IS_EXHAUSTIVE ? [150, 20, 5] : [50, 5, 1];
const KINDS = [
  ...['create', 'upsert', 'update', 'delete', 'bulkCreate', 'bulkUpdate', 'bulkDelete', 'updateMany'],
  ...['deleteMany', 'count', 'find', 'findOne', 'findStream', 'begin', 'commit', 'rollback'],
];
const CODES = [
  ...['foreign_key_violation', 'invalid_filter', 'invalid_query', 'record_not_found', 'unique_violation'],
  'validation_failed',
];

async function driver() {
  const fresh = new MemoryDriver();
  await fresh.connect();
  await fresh.syncSchemasBatch(SUITE_OBJECTS.map((definition) => ({ object: definition.name, definition })));
  return fresh;
}

function tally(items: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[item] = (counts[item] ?? 0) + 1;
  return counts;
}

describe('operationsFor', () => {
  it(`contain every method, operator and error (seed ${SEED})`, async () => {
    const sequences = fc.sample(operationsFor(MEMORY_CAPABILITIES), { seed: SEED, numRuns: SEQUENCES });
    const outcomes: Outcome[] = [];
    for (const sequence of sequences)
      outcomes.push(...(await compareWithReference(await driver(), sequence)));
    const kinds = tally(sequences.flat().map(({ kind }) => kind));
    const used = JSON.stringify(sequences).match(/\$\w+/g) ?? [];
    const codes = tally(outcomes.flatMap((outcome) => ('code' in outcome ? [outcome.code] : [])));
    console.log(`${outcomes.length} operations: ${JSON.stringify({ ...kinds, ...codes })}`);
    for (const kind of KINDS) expect(kinds[kind], kind).toBeGreaterThanOrEqual(MANY);
    for (const operator of FILTER_OPERATORS)
      expect(tally(used)[operator], operator).toBeGreaterThanOrEqual(MANY);
    for (const code of CODES) expect(codes[code], code).toBeGreaterThanOrEqual(FEW);
    const written = outcomes.filter((outcome) => 'value' in outcome && outcome.value !== null);
    expect(written.length).toBeGreaterThan(outcomes.length / 3);
  });
});
