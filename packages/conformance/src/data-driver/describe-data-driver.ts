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
  /** Names the driver, and where its database is, in the titles of the tests. */
  readonly name: string;
  /** What the driver says it can; a test sees to it that a driver of `create` says the same. */
  readonly supports: DriverCapabilities;
  /** A driver that is not connected yet, on a new and empty database. */
  readonly create: () => Promise<IDataDriver>;
  /** A further driver, not connected yet, on the database of this one. Absent: a database has only one. */
  readonly another?: (driver: IDataDriver) => Promise<IDataDriver>;
  /** Frees what `create` took; the drivers are disconnected already. */
  readonly destroy?: (driver: IDataDriver) => Promise<void>;
  /** Deploys objects. Absent: by `syncSchemasBatch`. */
  readonly deploy?: (driver: IDataDriver, objects: readonly ObjectDefinition[]) => Promise<void>;
  /** Where random operations begin; the title of the suite tells it. Absent: always the same. */
  readonly seed?: number;
  /** Reasons by requirement id. Such a test must fail: when it passes, the entry has to go. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** What a data driver must do, by id. Ids never change their meaning. */
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
  if (capability && !isSupported(capability)) return `the driver denies ${capability}`;
  if (needsTransactions && !isSupported('transactions')) return 'the driver denies transactions';
  return needsAnother && !another ? 'a database has only one driver' : undefined;
}

const syncAll = (driver: IDataDriver, objects: readonly ObjectDefinition[]) =>
  driver.syncSchemasBatch(objects.map((definition) => ({ object: definition.name, definition })));

/** Runs a check with drivers of its own, which are gone afterwards. */
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
    assert.deepEqual(driver.supports, options.supports, 'The driver supports something else than was said.');
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
 * What the driver denies is skipped, and seen to be refused.
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
