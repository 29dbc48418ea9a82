import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DriverCapabilities, ObjectDefinition } from '@objectstack/spec/data';
import type { Requirement } from '../kit/check.js';
import { describeChecks } from '../kit/describe-checks.js';
import { requirementsOf } from '../kit/requirements.js';
import type { TestRunner } from '../kit/test-runner.js';
import { DATA_DRIVER_CHECKS } from './data-driver-checks.js';
import type { Capability, DriverCheck, DriverTrial } from './driver-trial.js';
import { SUITE_OBJECTS } from './suite-objects.js';

export interface DataDriverSuiteOptions {
  /** Name of the driver and location of its database, for the test titles. */
  readonly name: string;
  /** Declared capabilities of the driver; a test compares them with those of the created driver. */
  readonly supports: DriverCapabilities;
  /** Creates a driver, not yet connected, on a new, empty database. */
  readonly create: () => Promise<IDataDriver>;
  /**
   * Creates another driver, not yet connected, on the database of the given one. If absent, a database has only one
   * driver.
   */
  readonly another?: (driver: IDataDriver) => Promise<IDataDriver>;
  /** Releases the resources of `create`; the drivers are already disconnected. */
  readonly destroy?: (driver: IDataDriver) => Promise<void>;
  /** Deploys objects. Default: `syncSchemasBatch`. */
  readonly deploy?: (driver: IDataDriver, objects: readonly ObjectDefinition[]) => Promise<void>;
  /** Seed of the random operations, included in the title of the suite. Default: a constant. */
  readonly seed?: number;
  /** Reasons of known failures, by requirement id. Such a test must fail; once it passes, its entry must be removed. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** Requirements of a data driver, by id. The meaning of an id never changes. */
export const DATA_DRIVER_REQUIREMENTS: Readonly<Record<string, Requirement<Capability>>> =
  requirementsOf(DATA_DRIVER_CHECKS);

const DEFAULT_SEED = 1;
const DENIED = 'data-driver/denied/';

function skipReason(
  { supports, another }: DataDriverSuiteOptions,
  id: string,
  { capability, needsAnother, needsTransactions }: DriverCheck,
): string | undefined {
  const isSupported = (name: string) => Boolean(supports[name as Capability]);
  if (id.startsWith(DENIED)) {
    const denied = id.slice(DENIED.length);
    return isSupported(denied) ? `the driver supports ${denied}` : undefined;
  }
  if (capability && !isSupported(capability)) return `the driver does not support ${capability}`;
  if (needsTransactions && !isSupported('transactions')) return 'the driver does not support transactions';
  return needsAnother && !another ? 'a database has only one driver' : undefined;
}

const syncAll = (driver: IDataDriver, objects: readonly ObjectDefinition[]) =>
  driver.syncSchemasBatch(objects.map((definition) => ({ object: definition.name, definition })));

/** Runs a check with its own drivers and releases them afterwards. */
async function runCheck(options: DataDriverSuiteOptions, check: DriverCheck): Promise<void> {
  const { create, another, destroy, deploy = syncAll, seed = DEFAULT_SEED } = options;
  const made: IDataDriver[] = [];
  const opened: IDataDriver[] = [];
  const unconnected = async () => {
    const driver = await create();
    made.push(driver);
    opened.push(driver);
    return driver;
  };
  const fresh = async () => {
    const driver = await unconnected();
    await driver.connect();
    await deploy(driver, SUITE_OBJECTS);
    return driver;
  };
  try {
    const driver = await fresh();
    assert.deepEqual(
      driver.supports,
      options.supports,
      'The capabilities of the driver differ from the declared ones.',
    );
    const trial: DriverTrial = {
      driver,
      unconnected,
      fresh,
      seed,
      another: async () => {
        const other = (await another?.(driver)) ?? assert.fail('A database has only one driver.');
        opened.push(other);
        await other.connect();
        return other;
      },
    };
    await check.run(trial);
  } finally {
    for (const driver of opened) await driver.disconnect();
    for (const driver of made) await destroy?.(driver);
  }
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
    run: (_, check) => runCheck(options, check),
  });
}
