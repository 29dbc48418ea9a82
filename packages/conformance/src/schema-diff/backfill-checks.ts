import assert from 'node:assert/strict';
import type { RecordData } from '@objectstack/spec/contracts';
import { NUMBER, object, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';
import { thrown } from './thrown.js';

type Facts = Readonly<Record<string, unknown>>;

const thing = (facts: Facts = {}, more: Readonly<Record<string, Facts>> = {}) => [
  object('thing', { name: { ...TEXT, ...facts }, ...more }),
];
const BEFORE = thing();
const REQUIRED = thing({ required: true, defaultValue: 'default', backfill: 'filled' });

async function prepared(trial: SchemaDiffTrial): Promise<void> {
  await trial.deploy(BEFORE);
  const names: RecordData[] = [
    { id: 'r0' },
    { id: 'r1', name: 'a' },
    { id: 'r2', name: null },
    { id: 'r3', name: '' },
  ];
  await trial.driver.bulkCreate('thing', names);
}

async function values(trial: SchemaDiffTrial, field = 'name'): Promise<unknown[]> {
  const records = await trial.driver.find('thing', { orderBy: [{ field: 'id' }] });
  return records.map((record) => record[field]);
}

const UNFIT: readonly Facts[] = [
  { ...NUMBER, backfill: 'one' },
  { ...NUMBER, required: true, backfill: null },
  { type: 'select', options: [{ label: 'A', value: 'a' }], backfill: 'b' },
  { type: 'date', backfill: 'TODAY()' },
];

/** The value that a migration writes into records without a value. */
export const backfillChecks: SchemaDiffChecks = {
  required: must(
    'fills the records without a value of a field that becomes required, with the backfill and not the default',
    async (trial) => {
      await prepared(trial);
      await trial.deploy(REQUIRED);
      assert.deepEqual(await values(trial), ['filled', 'a', 'filled', 'filled']);
    },
  ),
  added: must(
    'fills the existing records of an added field, with the backfill and not the default',
    async (trial) => {
      await prepared(trial);
      const size = { ...NUMBER, defaultValue: 1, backfill: 2.5 };
      await trial.deploy(thing({}, { size, kind: { ...TEXT, required: true, backfill: 'filled' } }));
      assert.deepEqual(await values(trial, 'size'), [2.5, 2.5, 2.5, 2.5]);
      assert.deepEqual(await values(trial, 'kind'), ['filled', 'filled', 'filled', 'filled']);
    },
  ),
  'later-records': must('gives records that are created later the default', async (trial) => {
    await prepared(trial);
    await trial.deploy(REQUIRED);
    assert.equal((await trial.driver.create('thing', {})).name, 'default');
  }),
  rollback: must('is undone by the rollback, except where a value was written since', async (trial) => {
    await prepared(trial);
    await trial.deploy(thing({ required: true, backfill: 'filled' }));
    await trial.driver.update('thing', 'r2', { name: 'since' });
    await trial.rollback();
    assert.deepEqual(await values(trial), [null, 'a', 'since', '']);
  }),
  unfit: must('is rejected with invalid_request if its field cannot store it', async (trial) => {
    await prepared(trial);
    const current = await trial.introspect();
    for (const field of UNFIT) {
      const { code } = thrown(() => trial.service.diff(current, thing({}, { more: field })));
      assert.equal(code, 'invalid_request', `backfill of ${field.type}`);
    }
  }),
};
