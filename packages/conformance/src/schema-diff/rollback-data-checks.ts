import assert from 'node:assert/strict';
import type { RecordData } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { ErrorCode } from '@objectstack/spec/shared';
import { refused } from '../kit/refused.js';
import { lookup, object, STORED, TEXT } from './objects.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';

/** Something that was written since, and that what was before does not take. */
interface Since {
  readonly what: string;
  readonly before: readonly ObjectDefinition[];
  readonly after: readonly ObjectDefinition[];
  readonly records: readonly RecordData[];
  readonly inTheWay: readonly string[];
  readonly code: ErrorCode;
}

const ACCOUNT = object('account', { name: TEXT });
const thing = (name: Readonly<Record<string, unknown>>, rest = {}) => object('thing', { name, ...rest });
const names = (...values: (string | null)[]) => values.map((name, place) => ({ id: `r${place}`, name }));

const SINCE: Readonly<Record<string, Since>> = {
  'duplicates-since': {
    what: 'duplicates of what was unique',
    before: [thing({ type: 'text', unique: true })],
    after: [thing(TEXT)],
    records: names('a', 'b', 'a'),
    inTheWay: ['r0', 'r2'],
    code: 'unique_violation',
  },
  'nulls-since': {
    what: 'empty values where one had to be',
    before: [thing(STORED)],
    after: [thing(TEXT)],
    records: names('a', null),
    inTheWay: ['r1'],
    code: 'not_null_violation',
  },
  'orphans-since': {
    what: 'values that refer to nothing where a lookup was',
    before: [ACCOUNT, thing(lookup('account'))],
    after: [ACCOUNT, thing(TEXT)],
    records: names('nobody', null),
    inTheWay: ['r0'],
    code: 'foreign_key_violation',
  },
  'records-since': {
    what: 'records that have no value for a field that comes back and must hold one',
    before: [thing(TEXT, { more: STORED })],
    after: [thing(TEXT)],
    records: names('a'),
    inTheWay: ['r0'],
    code: 'not_null_violation',
  },
};

const check = ({ what, before, after, records, inTheWay, code }: Since): SchemaDiffCheck =>
  must(`${what}, written since, stop it as ${code}; the preflight shows them`, async (trial) => {
    await trial.deploy(before);
    await trial.force(await trial.plan(after));
    await trial.driver.bulkCreate('thing', records);
    const plan = await trial.planRollback();
    const [finding] = await trial.findings(plan);
    assert.deepEqual([finding?.rows, finding?.samples?.toSorted()], [inTheWay.length, inTheWay]);
    const content = await trial.content();
    await refused(trial.force(plan), code);
    assert.deepEqual(await trial.content(), content);
    await trial.driver.bulkDelete('thing', inTheWay);
    assert.equal((await trial.force(plan)).outcome, 'applied');
  });

/** What stands in the way of a rollback. */
export const rollbackDataChecks: SchemaDiffChecks = Object.fromEntries(
  Object.entries(SINCE).map(([name, since]) => [name, check(since)]),
);
