import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import type { DeniedCall } from './capability-row.js';
import { CAPABILITY_TABLE } from './capability-table.js';
import { type Capability, type DriverCheck, type DriverChecks, ifCapable } from './driver-trial.js';
import { missingGuaranteeChecks } from './missing-guarantee-checks.js';
import { isDeclared } from './uses-of.js';

/** Every record, and whether the object of the calls is deployed. */
async function contentOf(driver: IDataDriver): Promise<unknown> {
  const denied = driver.find('denied').then(
    () => 'deployed',
    () => 'not deployed',
  );
  return [await driver.find('account'), await driver.find('folder'), await denied];
}

/** Rejects each call that the driver could otherwise run, before anything has changed. */
async function deniesEach(driver: IDataDriver, calls: readonly DeniedCall[]): Promise<void> {
  await driver.create('folder', { id: 'f1', name: 'one' });
  await driver.create('account', { id: 'a1', name: 'one' });
  const before = await contentOf(driver);
  for (const { needs = [], run } of calls) {
    if (!needs.every((needed) => isDeclared(driver.supports, needed))) continue;
    await refused(run(driver), 'not_supported');
    assert.deepEqual(await contentOf(driver), before, 'The rejected call had an effect.');
  }
}

/** A driver without any of the calls denies nothing that could be tried. */
const needsOf = (calls: readonly DeniedCall[]): readonly Capability[] => {
  const [first = [], ...others] = calls.map(({ needs = [] }) => needs);
  return first.filter((needed) => others.every((needs) => needs.includes(needed)));
};

const featureChecks: DriverChecks = Object.fromEntries(
  Object.entries(CAPABILITY_TABLE).flatMap(([capability, row]): [string, DriverCheck][] => {
    if (!('denied' in row)) return [];
    const behavior = `without ${capability}, calls that require it are rejected with not_supported, before anything has changed`;
    const calls: readonly DeniedCall[] = row.denied;
    const adaptsTo = calls.flatMap(({ needs = [] }) => needs);
    const check = ifCapable(needsOf(calls), behavior, ({ driver }) => deniesEach(driver, calls));
    return [[capability, { ...check, adaptsTo }]];
  }),
);

/** Checks of drivers without a capability. Each applies to drivers without the capability in its id. */
export const deniedChecks: DriverChecks = { ...featureChecks, ...missingGuaranteeChecks };
