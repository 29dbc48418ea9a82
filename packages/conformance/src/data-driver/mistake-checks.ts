import { isDeepStrictEqual } from 'node:util';
import type { DriverTransaction, IDataDriver, RecordData } from '@objectstack/spec/contracts';
import {
  MISTAKE_RECORDS,
  MISTAKES,
  type Mistake,
  type MistakeAnswer,
  type MistakenCall,
} from '@objectstack/spec/data';
import { type ErrorDetailsOf, type ObjectStackError, undeclaredFacts } from '@objectstack/spec/shared';
import { MismatchError } from '../kit/mismatch.js';
import { failureOf, showError } from '../kit/refused.js';
import { show, showCall } from '../kit/show.js';
import {
  adapting,
  type Capability,
  type DriverCheck,
  type DriverChecks,
  type DriverTrial,
  ifCapable,
} from './driver-trial.js';
import { supportedCases, usesOf } from './uses-of.js';

/** End of the groups of requirements that the table of mistakes defines. */
export const MISTAKE_SUFFIX = '-mistakes';

async function outcomeOf(driver: IDataDriver, { method, args }: MistakenCall): Promise<unknown> {
  const result = (driver[method] as (...given: readonly unknown[]) => unknown)(...args);
  if (method !== 'findStream') return result;
  const records: unknown[] = [];
  for await (const record of result as AsyncIterable<unknown>) records.push(record);
  return records;
}

type Violation = NonNullable<ErrorDetailsOf<'validation_failed'>['violations']>[number];

/** Violations are listed in any order; what their rules expect is worded freely. */
const inOrder = (fact: unknown) =>
  Array.isArray(fact)
    ? fact.map(({ field, rule, index }: Violation) => show({ field, rule, index })).sort()
    : fact;

function isAnswer({ code, details }: ObjectStackError, answer: MistakeAnswer): boolean {
  if (code !== answer.code) return false;
  const found: Readonly<Record<string, unknown>> = details;
  return Object.entries(answer.details).every(([fact, value]) =>
    fact === 'violations'
      ? isDeepStrictEqual(inOrder(found[fact]), inOrder(value))
      : isDeepStrictEqual(found[fact], value),
  );
}

async function assertRejected(driver: IDataDriver, call: MistakenCall): Promise<void> {
  const input = showCall(call.method, call.args);
  const answers = call.answers.map(({ code, details }) => `${code} ${show(details)}`);
  const expected = `a rejection with ${answers.join(' or ')}`;
  const error = await failureOf(outcomeOf(driver, call), { input, expected });
  if (!call.answers.some((answer) => isAnswer(error, answer)))
    throw new MismatchError({ input, expected, found: showError(error) });
  const others = undeclaredFacts(error);
  if (others.length > 0) {
    const found = `facts that ${error.code} does not have: ${others.join(', ')}`;
    throw new MismatchError({ input, expected, found });
  }
}

const OBJECTS: readonly [string, readonly RecordData[]][] = Object.entries(MISTAKE_RECORDS);

/** Capabilities that the records of the examples use. */
const RECORD_USES = OBJECTS.flatMap(([object, records]) =>
  records.flatMap((record) => usesOf({ method: 'create', args: [object, record] })),
);

/** The record without the fields that the driver does not store. */
function storable(driver: IDataDriver, object: string, record: RecordData): RecordData {
  const toCall = ([name, value]: [string, unknown]) => ({
    method: 'create',
    args: [object, { [name]: value }],
  });
  return Object.fromEntries(supportedCases(driver, Object.entries(record), toCall));
}

/** Objects that the examples deploy, and that must not exist afterwards. */
const UNDEPLOYED = ['plain', 'other'];

/** All records of every object. */
async function storedRecords(driver: IDataDriver): Promise<unknown[]> {
  const stored: unknown[] = [];
  for (const [object] of OBJECTS) stored.push(await driver.find(object));
  for (const object of UNDEPLOYED) stored.push(await driver.find(object).catch(() => 'not deployed'));
  return stored;
}

/** The first of these calls that changes a record when it is made once more. */
async function changingCall(
  driver: IDataDriver,
  calls: readonly MistakenCall[],
): Promise<MistakenCall | undefined> {
  let before = await storedRecords(driver);
  for (const call of calls) {
    await outcomeOf(driver, call).catch(() => undefined);
    const after = await storedRecords(driver);
    if (!isDeepStrictEqual(after, before)) return call;
    before = after;
  }
  return undefined;
}

/** One look at the records after all calls: only if they changed, each call is made once more to find the one that did it. */
async function assertUnchanged(
  driver: IDataDriver,
  calls: readonly MistakenCall[],
  before: unknown,
): Promise<void> {
  const after = await storedRecords(driver);
  if (isDeepStrictEqual(after, before)) return;
  const changing = await changingCall(driver, calls);
  throw new MismatchError({
    input: (changing ? [changing] : calls).map(({ method, args }) => showCall(method, args)).join('; '),
    expected: `the records are unchanged: ${show(before)}`,
    found: show(after),
  });
}

async function begun(
  driver: IDataDriver,
  { transaction: state }: Mistake,
): Promise<DriverTransaction | undefined> {
  if (!state) return undefined;
  const transaction = await driver.beginTransaction();
  if (state === 'ended') await driver.commit(transaction);
  return transaction;
}

/** Makes every call of a mistake; each must be rejected correctly, with no effect. */
async function rejectsAll({ driver }: DriverTrial, mistake: Mistake): Promise<void> {
  for (const [object, records] of OBJECTS)
    for (const record of records) await driver.create(object, storable(driver, object, record));
  const before = await storedRecords(driver);
  const transaction = await begun(driver, mistake);
  const calls = supportedCases(driver, mistake.calls(transaction), (call) => call);
  for (const call of calls) await assertRejected(driver, call);
  if (mistake.transaction === 'open' && transaction) await driver.rollback(transaction);
  await assertUnchanged(driver, calls, before);
}

/** Capabilities that a mistake requires because of a rule of the deployed objects, by the id of the mistake. */
const RULES: Readonly<Record<string, readonly Capability[]>> = { 'duplicate-together': ['indexes'] };

function checkOf(mistake: Mistake): DriverCheck {
  const uses = mistake.calls(mistake.transaction && { id: 'any' }).map(usesOf);
  const [first = [], ...others] = uses;
  const common = first.filter((used) => others.every((call) => call.includes(used)));
  const rules = RULES[mistake.id] ?? [];
  const check = ifCapable(
    [
      ...new Set<Capability>([
        ...common,
        ...rules,
        ...(mistake.transaction ? (['transactions'] as const) : []),
      ]),
    ],
    `rejected, with no effect: ${mistake.what}`,
    (trial) => rejectsAll(trial, mistake),
  );
  return { ...adapting([...new Set([...uses.flat(), ...RECORD_USES])], check), usesOfCalls: uses };
}

/** Checks of the table of mistakes, by group. */
export const MISTAKE_CHECKS: Readonly<Record<string, DriverChecks>> = Object.fromEntries(
  Object.entries(MISTAKES).map(([group, { mistakes }]) => [
    `${group}${MISTAKE_SUFFIX}`,
    Object.fromEntries(mistakes.map((mistake) => [mistake.id, checkOf(mistake)])),
  ]),
);
