import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { RecordedCalls } from '../kit/recorded-calls.js';
import type { DataDriverSuiteOptions } from './describe-data-driver.js';
import type { DriverSettings } from './driver-trial.js';
import { deployable } from './field-kinds.js';
import { SUITE_OBJECTS } from './suite-objects.js';

/** Deploys by the methods that the driver declares; objects come before those that refer to them. */
async function syncAll(driver: IDataDriver, objects: readonly ObjectDefinition[]): Promise<void> {
  const schemas = objects.map((definition) => ({ object: definition.name, definition }));
  if (driver.supports.batchSchemaSync) return driver.syncSchemasBatch(schemas);
  if (!driver.supports.schemaSync)
    assert.fail('The driver cannot deploy objects by itself: pass the option "deploy" to the suite.');
  for (const { object, definition } of schemas) await driver.syncSchema(object, definition);
}

/** The drivers of one check; their calls are recorded for the message of a failure. */
export class TrialDrivers {
  readonly #options: DataDriverSuiteOptions;
  readonly #settings: DriverSettings;
  readonly #calls: RecordedCalls;
  readonly #made: IDataDriver[] = [];
  readonly #opened: IDataDriver[] = [];

  constructor(
    options: DataDriverSuiteOptions,
    { settings, calls }: { readonly settings: DriverSettings; readonly calls: RecordedCalls },
  ) {
    this.#options = options;
    this.#settings = settings;
    this.#calls = calls;
  }

  async unconnected(): Promise<IDataDriver> {
    return this.#calls.record(await this.#make());
  }

  async fresh(): Promise<IDataDriver> {
    const { supports, deploy = syncAll } = this.#options;
    const driver = await this.#make();
    await driver.connect();
    await deploy(
      driver,
      SUITE_OBJECTS.map((definition) => deployable(definition, supports)),
    );
    return this.#calls.record(driver);
  }

  /** Another driver on the database of the first one. */
  async another(): Promise<IDataDriver> {
    const [first] = this.#made;
    const other = first && (await this.#options.another?.(first));
    if (!other) assert.fail('A database has only one driver.');
    this.#opened.push(other);
    await other.connect();
    return this.#calls.record(other);
  }

  async damaged(): Promise<IDataDriver> {
    const driver = (await this.#options.damaged?.()) ?? assert.fail('No damaged database is given.');
    this.#opened.push(driver);
    return this.#calls.record(driver);
  }

  /** Disconnects and destroys every driver; rejects with the first error afterwards. */
  async release(): Promise<void> {
    const errors: unknown[] = [];
    const keep = (error: unknown) => errors.push(error);
    for (const driver of this.#opened) await driver.disconnect().catch(keep);
    for (const driver of this.#made) await this.#options.destroy?.(driver).catch(keep);
    if (errors.length > 0) throw errors[0];
  }

  async #make(): Promise<IDataDriver> {
    const driver = await this.#options.create(this.#settings);
    this.#made.push(driver);
    this.#opened.push(driver);
    return driver;
  }
}
