import { DriverCapabilitiesSchema } from '@objectstack/spec/data';
import { sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { CAPABILITY_TABLE } from '../src/data-driver/capability-table.js';
import { DATA_DRIVER_CHECKS } from '../src/data-driver/data-driver-checks.js';
import type { Capability, DriverCheck } from '../src/data-driver/driver-trial.js';
import { TrialDrivers } from '../src/data-driver/trial-drivers.js';
import { RecordedCalls } from '../src/kit/recorded-calls.js';
import { MEMORY_CAPABILITIES } from '../src/reference/memory-capabilities.js';
import { denyFeatures, deployBeneath } from './deny-features.js';
import { memorySuite } from './memory-suite.js';
import { beneath, recordUses } from './record-uses.js';

/** Capabilities that the reference implementation lacks: requirements of them cannot run on it. */
const isLacking = (capability: Capability) => !MEMORY_CAPABILITIES[capability];

/** Requirements of what a driver denies run on drivers without the capability only. */
const isDenial = (id: string) => id.startsWith('data-driver/denied/');

const runnable = [...DATA_DRIVER_CHECKS].filter(
  ([id, { capabilities = [] }]) => !isDenial(id) && !capabilities.some(isLacking),
);

/** Long enough for a busy machine, on which many checks run at once. */
const PATIENT = { transactionTimeoutMs: 60_000 };

/** Runs a check on a suite, whatever it declares. */
async function run(check: DriverCheck, options: ReturnType<typeof memorySuite>): Promise<void> {
  const drivers = new TrialDrivers(options, {
    settings: check.settings ?? PATIENT,
    calls: new RecordedCalls(),
  });
  try {
    const driver = await drivers.fresh();
    await check.run({
      driver,
      seed: 1,
      randomSequences: 25,
      unconnected: () => drivers.unconnected(),
      fresh: () => drivers.fresh(),
      another: () => drivers.another(),
      damaged: () => drivers.damaged(),
    });
  } finally {
    await drivers.release();
  }
}

/** The capabilities that the calls of a check require. */
async function usedBy(check: DriverCheck): Promise<Set<Capability>> {
  const used = new Set<Capability>();
  await run(check, {
    ...memorySuite(recordUses(used)),
    deploy: (driver, objects) =>
      beneath(driver).syncSchemasBatch(
        objects.map((definition) => ({ object: definition.name, definition })),
      ),
  });
  return used;
}

/** Whether a check fails on a driver without the capability. */
async function fails(check: DriverCheck, denied: Capability): Promise<boolean> {
  const supports = { ...MEMORY_CAPABILITIES, [denied]: false };
  const suite = { ...memorySuite(denyFeatures, supports), deploy: deployBeneath };
  return run(check, suite).then(
    () => false,
    () => true,
  );
}

describe('CAPABILITY_TABLE', () => {
  it('has a row for every capability but those that only describe the driver', () => {
    const names = Object.keys(DriverCapabilitiesSchema.shape);
    expect(names.filter((name) => !(name in CAPABILITY_TABLE))).toEqual(['sqlDialect', 'lockBudgetMs']);
  });

  it('has a requirement for every capability that a driver of today can declare', () => {
    const planned = ['queryWindowFunctions', 'joins', 'fullTextSearch'];
    const used = new Set([...DATA_DRIVER_CHECKS.values()].flatMap(({ capabilities = [] }) => capabilities));
    const unused = Object.keys(CAPABILITY_TABLE).filter((name) => !used.has(name as Capability));
    expect(unused.toSorted()).toEqual([...planned, 'isolationLevels'].toSorted());
  });
});

describe('a requirement of a data driver', () => {
  it.concurrent.each(sampleOf(runnable, 4))('uses what it declares: %s', async (_, check) => {
    const { capabilities = [], adaptsTo = [] } = check;
    const used = await usedBy(check);
    const declared = new Set<Capability>([...capabilities, ...adaptsTo]);
    expect([...used].filter((capability) => !declared.has(capability))).toEqual([]);
    const idle: Capability[] = [];
    for (const capability of capabilities)
      if (!used.has(capability) && !(await fails(check, capability))) idle.push(capability);
    expect(idle).toEqual([]);
  });
});
