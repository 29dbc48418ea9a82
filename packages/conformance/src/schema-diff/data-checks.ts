import assert from 'node:assert/strict';
import type { RecordData } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { ErrorCode } from '@objectstack/spec/shared';
import { refused } from '../kit/refused.js';
import { lookup, NUMBER, object, STORED, TEXT } from './objects.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

/** Records that stand in the way of a change. */
interface Hindrance {
  readonly what: string;
  readonly before: readonly ObjectDefinition[];
  readonly after: readonly ObjectDefinition[];
  readonly records: readonly RecordData[];
  /** Ids of the records in the way. */
  readonly inTheWay: readonly string[];
  readonly changeId: RegExp;
  readonly code: ErrorCode;
}

const thing = (fields: Record<string, Record<string, unknown>>, rest = {}) => object('thing', fields, rest);
const ACCOUNT = object('account', { name: TEXT });
const UNIQUE = { type: 'text', unique: true };
const names = (...values: (string | null)[]) => values.map((name, place) => ({ id: `r${place}`, name }));

const HINDRANCES: Readonly<Record<string, Hindrance>> = {
  nulls: {
    what: 'empty values of a field that must hold one',
    before: [thing({ name: TEXT })],
    after: [thing({ name: STORED })],
    records: names('a', null, null),
    inTheWay: ['r1', 'r2'],
    changeId: /^change_field:thing\.name$/,
    code: 'not_null_violation',
  },
  'added-without-default': {
    what: 'records that have no value for a new field that must hold one',
    before: [thing({ name: TEXT })],
    after: [thing({ name: TEXT, more: STORED })],
    records: names('a', 'b'),
    inTheWay: ['r0', 'r1'],
    changeId: /^add_field:thing\.more$/,
    code: 'not_null_violation',
  },
  duplicates: {
    what: 'duplicates of a field that becomes unique',
    before: [thing({ name: TEXT })],
    after: [thing({ name: UNIQUE })],
    records: names('a', 'b', 'a', 'A', null, null),
    inTheWay: ['r0', 'r2'],
    changeId: /^add_index:thing\./,
    code: 'unique_violation',
  },
  'duplicates-without-case': {
    what: 'values that differ only in case of a field that becomes unique without regard to it',
    before: [thing({ name: TEXT })],
    after: [thing({ name: { ...UNIQUE, caseSensitive: false } })],
    records: names('ann', 'Ann', 'bob'),
    inTheWay: ['r0', 'r1'],
    changeId: /^add_index:thing\./,
    code: 'unique_violation',
  },
  'duplicates-of-many': {
    what: 'duplicates of several fields that become unique together',
    before: [thing({ name: TEXT, size: NUMBER })],
    after: [thing({ name: TEXT, size: NUMBER }, { indexes: [{ fields: ['name', 'size'], unique: true }] })],
    records: [
      { id: 'r0', name: 'a', size: 1 },
      { id: 'r1', name: 'a', size: 2 },
      { id: 'r2', name: 'a', size: 1 },
      { id: 'r3', name: 'a', size: null },
      { id: 'r4', name: 'a', size: null },
    ],
    inTheWay: ['r0', 'r2'],
    changeId: /^add_index:thing\./,
    code: 'unique_violation',
  },
  misfits: {
    what: 'values that do not fit another type',
    before: [thing({ name: TEXT })],
    after: [thing({ name: NUMBER })],
    records: names('1', 'one', null),
    inTheWay: ['r1'],
    changeId: /^change_field:thing\.name$/,
    code: 'conversion_failed',
  },
  orphans: {
    what: 'values that refer to nothing of a field that becomes a lookup',
    before: [ACCOUNT, thing({ name: TEXT })],
    after: [ACCOUNT, thing({ name: lookup('account') })],
    records: names('nobody', null),
    inTheWay: ['r0'],
    changeId: /^change_field:thing\.name$/,
    code: 'foreign_key_violation',
  },
};

async function prepared(trial: SchemaDiffTrial, { before, after, records }: Hindrance) {
  await trial.deploy(before);
  for (const record of records) await trial.driver.create('thing', record);
  return trial.plan(after);
}

async function isRefused(trial: SchemaDiffTrial, hindrance: Hindrance): Promise<void> {
  const plan = await prepared(trial, hindrance);
  const before = await trial.content();
  const { message, details } = await refused(trial.apply(plan), hindrance.code);
  assert.deepEqual(await trial.content(), before);
  const told = JSON.stringify([message, details]);
  for (const value of ['nobody', 'ann', '"a"', '"one"']) assert.ok(!told.includes(value), told);
}

async function isFound(trial: SchemaDiffTrial, hindrance: Hindrance): Promise<void> {
  const plan = await prepared(trial, hindrance);
  const before = await trial.content();
  const [finding, ...others] = await trial.findings(plan);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [finding?.rows, finding?.samples?.toSorted()],
    [hindrance.inTheWay.length, hindrance.inTheWay],
  );
  const check = plan.preflight.find(({ id }) => id === finding?.checkId);
  assert.match(check?.changeId ?? '', hindrance.changeId);
  assert.equal(check?.stops, hindrance.code === 'conversion_failed' ? 'unless_allowed' : 'always');
  assert.deepEqual(await trial.content(), before);
}

async function goes(trial: SchemaDiffTrial, hindrance: Hindrance): Promise<void> {
  const plan = await prepared(trial, hindrance);
  await refused(trial.apply(plan), hindrance.code);
  await trial.driver.bulkDelete('thing', hindrance.inTheWay);
  assert.deepEqual(await trial.findings(plan), []);
  assert.equal((await trial.apply(plan)).outcome, 'applied');
  assert.equal(await trial.driver.count('thing'), hindrance.records.length - hindrance.inTheWay.length);
}

const each = (toCheck: (hindrance: Hindrance) => SchemaDiffCheck): SchemaDiffChecks =>
  Object.fromEntries(Object.entries(HINDRANCES).map(([name, hindrance]) => [name, toCheck(hindrance)]));

export const preflightChecks: SchemaDiffChecks = each((hindrance) =>
  must(`counts ${hindrance.what}, and shows their ids`, (trial) => isFound(trial, hindrance)),
);
export const refusedByDataChecks: SchemaDiffChecks = each((hindrance) =>
  must(
    `${hindrance.what} stop the plan as ${hindrance.code}, with nothing changed and no value told`,
    (trial) => isRefused(trial, hindrance),
  ),
);
export const mendedDataChecks: SchemaDiffChecks = each((hindrance) =>
  must(`once there are no ${hindrance.what}, the preflight passes and the same plan is applied`, (trial) =>
    goes(trial, hindrance),
  ),
);
