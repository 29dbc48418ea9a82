import assert from 'node:assert/strict';
import type { RecordData } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { ErrorCode } from '@objectstack/spec/shared';
import { refused } from '../kit/refused.js';
import { lookup, object, STORED, TEXT } from './objects.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';

/** Data written after the deployment that the previous schema does not permit. */
interface Since {
  readonly what: string;
  readonly before: readonly ObjectDefinition[];
  readonly after: readonly ObjectDefinition[];
  readonly records: readonly RecordData[];
  readonly obstructingIds: readonly string[];
  readonly code: ErrorCode;
}

const ACCOUNT = object('account', { name: TEXT });
const thing = (name: Readonly<Record<string, unknown>>, rest = {}) => object('thing', { name, ...rest });
const names = (...values: (string | null)[]) => values.map((name, place) => ({ id: `r${place}`, name }));

const SINCE: Readonly<Record<string, Since>> = {
  'duplicates-since': {
    what: 'duplicates in a previously unique field',
    before: [thing({ type: 'text', unique: true })],
    after: [thing(TEXT)],
    records: names('a', 'b', 'a'),
    obstructingIds: ['r0', 'r2'],
    code: 'unique_violation',
  },
  'nulls-since': {
    what: 'missing values in a previously NOT NULL field',
    before: [thing(STORED)],
    after: [thing(TEXT)],
    records: names('a', null),
    obstructingIds: ['r1'],
    code: 'not_null_violation',
  },
  'orphans-since': {
    what: 'values of a previous lookup that refer to no record',
    before: [ACCOUNT, thing(lookup('account'))],
    after: [ACCOUNT, thing(TEXT)],
    records: names('no_such_id', null),
    obstructingIds: ['r0'],
    code: 'foreign_key_violation',
  },
  'records-since': {
    what: 'records without a value for a restored NOT NULL field',
    before: [thing(TEXT, { more: STORED })],
    after: [thing(TEXT)],
    records: names('a'),
    obstructingIds: ['r0'],
    code: 'not_null_violation',
  },
};

const check = ({ what, before, after, records, obstructingIds, code }: Since): SchemaDiffCheck =>
  must(
    `${what}, written since the deployment, make the rollback fail with ${code}; the preflight lists them`,
    async (trial) => {
      await trial.deploy(before);
      await trial.force(await trial.plan(after));
      await trial.driver.bulkCreate('thing', records);
      const plan = await trial.planRollback();
      const [finding] = await trial.findings(plan);
      assert.deepEqual(
        [finding?.rows, finding?.samples?.toSorted()],
        [obstructingIds.length, obstructingIds],
      );
      const content = await trial.content();
      await refused(trial.force(plan), code);
      assert.deepEqual(await trial.content(), content);
      await trial.driver.bulkDelete('thing', obstructingIds);
      assert.equal((await trial.force(plan)).outcome, 'applied');
    },
  );

/** Data that makes a rollback fail. */
export const rollbackDataChecks: SchemaDiffChecks = Object.fromEntries(
  Object.entries(SINCE).map(([name, since]) => [name, check(since)]),
);
