import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DriverCapabilities, ObjectDefinition } from '@objectstack/spec/data';
import type { Requirement } from '../kit/check.js';
import { describeChecks } from '../kit/describe-checks.js';
import type { RecordedCalls } from '../kit/recorded-calls.js';
import { requirementsOf } from '../kit/requirements.js';
import type { TestRunner } from '../kit/test-runner.js';
import { anchorOfRequirement } from './anchor-of-requirement.js';
import { DATA_DRIVER_CHECKS } from './data-driver-checks.js';
import type { Capability, DriverCheck, DriverSettings } from './driver-trial.js';
import { TrialDrivers } from './trial-drivers.js';
import { isDeclared } from './uses-of.js';

export interface DataDriverSuiteOptions {
  /** Name of the driver and location of its database, for the test titles. */
  readonly name: string;
  /** Declared capabilities of the driver; a test compares them with those of the created driver. */
  readonly supports: DriverCapabilities;
  /** Creates a driver, not yet connected, on a new, empty database, with these settings. */
  readonly create: (settings: DriverSettings) => Promise<IDataDriver>;
  /**
   * Creates another driver, not yet connected, on the database of the given one. If absent, a database has only one
   * driver.
   */
  readonly another?: (driver: IDataDriver) => Promise<IDataDriver>;
  /**
   * Creates a driver, not yet connected, on something that is not a database, for example a file of random bytes. If
   * absent, the requirement about it is skipped.
   */
  readonly damaged?: () => Promise<IDataDriver>;
  /** Releases the resources of `create`; the drivers are already disconnected. */
  readonly destroy?: (driver: IDataDriver) => Promise<void>;
  /**
   * Deploys objects; each comes after those it refers to. Required if the driver declares neither `batchSchemaSync` nor
   * `schemaSync`, which are used by default.
   */
  readonly deploy?: (driver: IDataDriver, objects: readonly ObjectDefinition[]) => Promise<void>;
  /** Seed of the random operations, included in the title of the suite. Default: a constant. */
  readonly seed?: number;
  /** Number of sequences of random operations that are compared with the reference implementation. Default: 25. */
  readonly randomSequences?: number;
  /** Reasons of known failures, by requirement id. Such a test must fail; once it passes, its entry must be removed. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** Requirements of a data driver, by id. The meaning of an id never changes. */
export const DATA_DRIVER_REQUIREMENTS: Readonly<Record<string, Requirement<Capability>>> =
  requirementsOf(DATA_DRIVER_CHECKS);

const DEFAULT_SEED = 1;
const DEFAULT_SEQUENCES = 25;
const DENIED = 'data-driver/denied/';

function skipReason(
  { supports, another, damaged }: DataDriverSuiteOptions,
  id: string,
  { capabilities = [], usesOfCalls, needsAnother, needsDamaged }: DriverCheck,
): string | undefined {
  const denied = id.startsWith(DENIED) ? (id.slice(DENIED.length) as Capability) : undefined;
  if (denied && isDeclared(supports, denied)) return `the driver supports ${denied}`;
  const missing = capabilities.find((capability) => !isDeclared(supports, capability));
  if (missing) return `the driver does not support ${missing}`;
  const isSupported = (uses: readonly Capability[]) => uses.every((used) => isDeclared(supports, used));
  if (usesOfCalls && !usesOfCalls.some(isSupported)) return 'the driver supports none of the calls';
  if (needsDamaged && !damaged) return 'no damaged database is given';
  return needsAnother && !another ? 'a database has only one driver' : undefined;
}

/** Runs a check with its own drivers and releases them afterwards. */
async function runCheck(
  options: DataDriverSuiteOptions,
  check: DriverCheck,
  calls: RecordedCalls,
): Promise<void> {
  const { seed = DEFAULT_SEED, randomSequences = DEFAULT_SEQUENCES, supports } = options;
  const drivers = new TrialDrivers(options, { settings: check.settings ?? {}, calls });
  try {
    const driver = await drivers.fresh();
    assert.deepEqual(
      driver.supports,
      supports,
      'The capabilities of the driver differ from the declared ones.',
    );
    await check.run({
      driver,
      seed,
      randomSequences,
      unconnected: () => drivers.unconnected(),
      fresh: () => drivers.fresh(),
      another: () => drivers.another(),
      damaged: () => drivers.damaged(),
    });
  } catch (error) {
    await drivers.release().catch(() => undefined);
    throw error;
  }
  await drivers.release();
}

/**
 * Tests a data driver against its contract: one test for each of {@link DATA_DRIVER_REQUIREMENTS}, titled by its id.
 * Tests of undeclared capabilities are skipped; instead, such calls must be rejected.
 */
export function describeDataDriver(runner: TestRunner, options: DataDriverSuiteOptions): void {
  describeChecks(runner, {
    name: `data driver ${options.name} (seed ${options.seed ?? DEFAULT_SEED})`,
    checks: DATA_DRIVER_CHECKS,
    knownFailures: options.knownFailures ?? {},
    skipReason: (id, check) => skipReason(options, id, check),
    anchorOf: anchorOfRequirement,
    run: (check, calls) => runCheck(options, check, calls),
  });
}
