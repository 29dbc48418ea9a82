import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { fill } from './fill.js';
import { lookup, object, STORED, TEXT } from './objects.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const ACCOUNT = object('account', { name: TEXT });
const STRICT = object('account', { name: { ...STORED, defaultValue: 'none' } });

/** An object that refers to itself and has an autonumber, and a change that rebuilds its table. */
const tree = (name: Readonly<Record<string, unknown>>) =>
  object('node', {
    name,
    number: { type: 'autonumber', autonumberFormat: 'N-{000}' },
    parent: { type: 'tree', deleteBehavior: 'cascade' },
  });

async function refersTo(trial: SchemaDiffTrial, deleteBehavior: string): Promise<void> {
  const contact = object('contact', { account: lookup('account', { deleteBehavior }), name: TEXT });
  await trial.deploy([ACCOUNT, contact]);
  await fill(trial, [ACCOUNT, contact]);
  const before = await trial.rows('contact');
  await trial.driver.update('account', 'account_2', { name: 'not empty' });
  await trial.deploy([STRICT, contact]);
  assert.deepEqual(await trial.rows('contact'), before);
  if (deleteBehavior === 'restrict')
    await refused(trial.driver.delete('account', 'account_0'), 'foreign_key_violation');
  else await trial.driver.delete('account', 'account_0');
}

const children = (behavior: string): SchemaDiffCheck =>
  must(`records that refer to a rebuilt table are unchanged: ${behavior}`, (trial) =>
    refersTo(trial, behavior),
  );

/** What happens to records when their tables or referenced tables are rebuilt. */
export const recordsChecks: SchemaDiffChecks = {
  'children-cascade': children('cascade'),
  'children-set-null': children('set_null'),
  'children-restrict': children('restrict'),
  'own-children': must(
    'a rebuilt table that refers to itself preserves every record and its counter',
    async (trial) => {
      await trial.deploy([tree(TEXT)]);
      const { driver } = trial;
      await driver.create('node', { id: 'a', name: 'a' });
      await driver.create('node', { id: 'b', name: 'b', parent: 'a' });
      await driver.update('node', 'a', { parent: 'b' });
      const before = await trial.rows('node');
      await trial.deploy([tree(STORED)]);
      assert.deepEqual(await trial.rows('node'), before);
      assert.equal((await driver.create('node', { name: 'c' })).number, 'N-003');
      await driver.delete('node', 'a');
      assert.equal(await driver.count('node'), 1);
    },
  ),
  'counter-follows': must(
    'the counter of an autonumber follows a rename of its object or field',
    async (trial) => {
      await trial.deploy([tree(TEXT)]);
      await trial.driver.create('node', { name: 'a' });
      const number = { type: 'autonumber', autonumberFormat: 'N-{000}', renamedFrom: 'number' };
      await trial.deploy([
        object(
          'leaf',
          { name: TEXT, code: number, parent: { type: 'tree', deleteBehavior: 'cascade' } },
          { renamedFrom: 'node' },
        ),
      ]);
      assert.equal((await trial.driver.create('leaf', { name: 'b' })).code, 'N-002');
    },
  ),
  'old-orphans': must('existing records with a broken reference do not obstruct a plan', async (trial) => {
    const contact = (name: Readonly<Record<string, unknown>>) =>
      object('contact', { account: lookup('account'), name });
    await trial.deploy([ACCOUNT, contact(TEXT)]);
    await trial.driver.create('contact', { id: 'c', name: 'x' });
    const orphan = { sql: `UPDATE contact SET account = 'no_such_id' WHERE id = 'c'` };
    await trial.driver.executeAtomic([orphan], { foreignKeys: 'off' });
    const before = await trial.rows('contact');
    await trial.deploy([ACCOUNT, contact(STORED)]);
    assert.deepEqual(await trial.rows('contact'), before);
  }),
};
