import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { NUMBER, object, TEXT } from './objects.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const BUNDLE = { checksum: 'b'.repeat(64), version: '1.0.0' };
const OTHER_BUNDLE = { checksum: 'c'.repeat(64), version: '1.1.0' };
const ACCOUNT = object('account', {
  name: { type: 'text', unique: true, maxLength: 40 },
  size: { type: 'number', defaultValue: 1 },
});
const TIMES = "'2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z'";
const SYSTEM = 'id TEXT NOT NULL PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL';
const PLAIN = `CREATE TABLE account (${SYSTEM}, name TEXT, size REAL)`;
const DECLARED = `CREATE TABLE account (id VARCHAR(36) PRIMARY KEY, created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME, name VARCHAR(40) UNIQUE, size INTEGER DEFAULT 1)`;
const ROWS = [
  `INSERT INTO account VALUES ('a', ${TIMES}, 'Ada', 7)`,
  `INSERT INTO account VALUES ('b', ${TIMES}, NULL, 1.5)`,
];

const LARGE = '9007199254740993';
const MEMBER = object('member', { name: TEXT }, { idType: 'integer' });
const VISIT = object(
  'visit',
  { member: { type: 'lookup', reference: 'member', deleteBehavior: 'cascade' }, note: TEXT },
  { idType: 'integer' },
);
/** Tables as object-relational mappers create them. The largest id that was assigned belongs to a deleted row. */
const INTEGER_KEYS = [
  'CREATE TABLE member (id integer PRIMARY KEY AUTOINCREMENT NOT NULL, created_at datetime NOT NULL, updated_at datetime NOT NULL, name varchar(40))',
  'CREATE TABLE visit (id INTEGER NOT NULL PRIMARY KEY, created_at TEXT, updated_at TEXT, member BIGINT REFERENCES member (id) ON DELETE CASCADE, note TEXT)',
  `INSERT INTO member VALUES (1, ${TIMES}, 'Ada'), (${LARGE}, ${TIMES}, 'Bob'), (9007199254740999, ${TIMES}, 'Eve')`,
  `INSERT INTO visit VALUES (7, ${TIMES}, ${LARGE}, NULL)`,
  'DELETE FROM member WHERE id = 9007199254740999',
];

/** A database that no deployment created. */
async function existing(trial: SchemaDiffTrial, table: string, ...more: string[]): Promise<void> {
  for (const sql of [table, ...ROWS, ...more]) await trial.sql(sql);
}

async function adopt(trial: SchemaDiffTrial, bundle = BUNDLE) {
  const applied = await trial.service.applyBaseline(trial.driver, [ACCOUNT], { bundle });
  await trial.driver.refresh();
  return applied;
}

const refusing = (what: string, code: string, change: string, rows?: number): SchemaDiffCheck =>
  must(`${what} is a finding ${code} with which nothing is adopted or written`, async (trial) => {
    await existing(trial, PLAIN, change);
    const before = [await trial.introspect(), await trial.rows('account')];
    const { isAdoptable, findings } = await trial.service.planBaseline(trial.driver, [ACCOUNT], {
      bundle: BUNDLE,
    });
    const errors = findings.filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      errors.map((finding) => [finding.code, finding.object, finding.rows]),
      [[code, 'account', rows]],
    );
    assert.equal(isAdoptable, false);
    assert.deepEqual(await adopt(trial).then(({ outcome, deploymentId }) => [outcome, deploymentId]), [
      'refused',
      null,
    ]);
    assert.deepEqual([await trial.introspect(), await trial.rows('account')], before);
  });

export const baselineChecks: SchemaDiffChecks = {
  adopts: must(
    'applyBaseline makes the objects deployed, without changing a row, with nothing to deploy and no drift',
    async (trial) => {
      await existing(trial, PLAIN);
      const before = await trial.rows('account');
      const { outcome, deploymentId } = await adopt(trial);
      assert.equal(outcome, 'applied');
      assert.deepEqual(await trial.rows('account'), before);
      const schema = await trial.introspect();
      assert.deepEqual([schema.deploymentId, trial.service.findDrift(schema)], [deploymentId, []]);
      assert.deepEqual((await trial.plan([ACCOUNT])).statements, []);
      assert.deepEqual(
        await trial.driver.findOne('account', { where: { id: 'a' }, fields: ['name', 'size'] }),
        {
          id: 'a',
          name: 'Ada',
          size: 7,
        },
      );
    },
  ),
  declarations: must(
    'declarations without an effect on records are adopted, and every value outlasts a later change of type and its rollback',
    async (trial) => {
      await existing(trial, DECLARED);
      const before = await trial.rows('account');
      assert.equal((await adopt(trial)).outcome, 'applied');
      assert.deepEqual(await trial.rows('account'), before);
      assert.deepEqual(trial.service.findDrift(await trial.introspect()), []);
      const records = await trial.driver.find('account', {});
      const texts = object('account', { ...ACCOUNT.fields, size: TEXT });
      await trial.force(await trial.plan([texts]));
      assert.equal((await trial.driver.findOne('account', { where: { id: 'b' } }))?.size, '1.5');
      await trial.rollback();
      assert.deepEqual(await trial.driver.find('account', {}), records);
      assert.deepEqual(trial.service.findDrift(await trial.introspect()), []);
    },
  ),
  rules: must(
    'a record that an adopted object permits can be written after its rules are weakened',
    async (trial) => {
      await existing(trial, DECLARED.replace('DEFAULT 1)', 'DEFAULT 1, CHECK (length(name) <= 40))'));
      assert.equal((await adopt(trial)).outcome, 'applied');
      const free = object('account', { name: TEXT, size: NUMBER });
      const plan = await trial.plan([free]);
      const changes = [...plan.diff.fields, ...plan.diff.indexes].map(({ id }) => id);
      await trial.apply(plan, { allow: changes });
      const name = 'n'.repeat(41);
      for (let copy = 0; copy < 2; copy++) await trial.driver.create('account', { name });
      assert.equal(await trial.driver.count('account', { where: { name, size: null } }), 2);
    },
  ),
  'integer-ids': must(
    'integer keys and the references to them are adopted, and outlast a table rebuild, a removal and their rollbacks',
    async (trial) => {
      for (const sql of INTEGER_KEYS) await trial.sql(sql);
      const before = await trial.rows('member', 'visit');
      const { outcome } = await trial.service.applyBaseline(trial.driver, [MEMBER, VISIT], {
        bundle: BUNDLE,
      });
      await trial.driver.refresh();
      assert.equal(outcome, 'applied');
      assert.deepEqual(await trial.rows('member', 'visit'), before);
      const read = async () => [await trial.driver.find('member', {}), await trial.driver.find('visit', {})];
      const records = await read();
      assert.deepEqual(
        records.map((all) => all.map(({ id, member }) => [id, member])),
        [
          [
            ['1', undefined],
            [LARGE, undefined],
          ],
          [['7', LARGE]],
        ],
      );
      const texts = object('visit', { ...VISIT.fields, note: NUMBER }, { idType: 'integer' });
      for (const objects of [[MEMBER, texts], [MEMBER], []]) {
        await trial.force(await trial.plan(objects));
        await trial.rollback();
        assert.deepEqual(await read(), records);
        assert.deepEqual(trial.service.findDrift(await trial.introspect()), []);
      }
      const member = await trial.driver.create('member', {});
      assert.equal(member.id, '9007199254741000');
      const { id } = await trial.driver.create('visit', { member: member.id });
      assert.deepEqual([id, await trial.driver.count('visit', { where: { member: '01' } })], ['8', 0]);
    },
  ),
  'id-type': must(
    'an integer key of an object without idType is a finding system_column with which nothing is adopted',
    async (trial) => {
      for (const sql of INTEGER_KEYS) await trial.sql(sql);
      const desired = [object('member', MEMBER.fields), VISIT];
      const plan = await trial.service.planBaseline(trial.driver, desired, { bundle: BUNDLE });
      const errors = plan.findings.filter(({ severity }) => severity === 'error');
      assert.ok(
        errors.some(({ code, object: of, name }) => [code, of, name].join() === 'system_column,member,id'),
      );
      const { outcome } = await trial.service.applyBaseline(trial.driver, desired, { bundle: BUNDLE });
      assert.deepEqual([plan.isAdoptable, outcome], [false, 'refused']);
    },
  ),
  reference: must(
    'a column of texts that refers to an integer key is a finding column_differs, and one of integers is none',
    async (trial) => {
      for (const sql of INTEGER_KEYS) await trial.sql(sql.replace('member BIGINT', 'member TEXT'));
      const errors = async () => {
        const plan = await trial.service.planBaseline(trial.driver, [MEMBER, VISIT], { bundle: BUNDLE });
        return plan.findings.flatMap(({ severity, code, name, rows }) =>
          severity === 'error' ? [[code, name, rows]] : [],
        );
      };
      assert.deepEqual(await errors(), [['column_differs', 'member', undefined]]);
      await trial.sql('ALTER TABLE visit RENAME COLUMN member TO texts');
      await trial.sql('ALTER TABLE visit ADD COLUMN member BIGINT REFERENCES member (id) ON DELETE CASCADE');
      assert.deepEqual(await errors(), []);
    },
  ),
  'plan-only': must('planBaseline writes nothing', async (trial) => {
    await existing(trial, PLAIN);
    const before = [await trial.introspect(), await trial.rows('account')];
    const plan = await trial.service.planBaseline(trial.driver, [ACCOUNT], { bundle: BUNDLE });
    assert.equal(plan.isAdoptable, true);
    assert.deepEqual([await trial.introspect(), await trial.rows('account')], before);
  }),
  value: refusing(
    'a value that its field does not store',
    'invalid_value',
    "UPDATE account SET size = 'big' WHERE id = 'a'",
    1,
  ),
  duplicates: refusing(
    'a value that two rows share although it must be unique',
    'duplicate_values',
    "UPDATE account SET name = 'Ada'",
    2,
  ),
  column: refusing('a missing column', 'column_missing', 'ALTER TABLE account DROP COLUMN size'),
  repeated: must(
    'the same adoption again is already_applied, and one with another bundle is invalid_state',
    async (trial) => {
      await existing(trial, PLAIN);
      const { deploymentId } = await adopt(trial);
      const again = await adopt(trial);
      assert.deepEqual([again.outcome, again.deploymentId], ['already_applied', deploymentId]);
      await refused(adopt(trial, OTHER_BUNDLE), 'invalid_state');
      assert.equal((await trial.service.readHistory(trial.driver)).length, 1);
    },
  ),
  deployed: must('a database to which something was deployed is invalid_state', async (trial) => {
    await trial.deploy([ACCOUNT]);
    await refused(trial.service.planBaseline(trial.driver, [ACCOUNT], { bundle: BUNDLE }), 'invalid_state');
    await refused(adopt(trial), 'invalid_state');
  }),
  first: must('an adoption cannot be rolled back, but what was deployed after it can', async (trial) => {
    await existing(trial, PLAIN);
    await adopt(trial);
    const before = await trial.rows('account');
    await refused(trial.planRollback(), 'undo_expired');
    await trial.deploy([object('account', { ...ACCOUNT.fields, more: TEXT })]);
    await trial.rollback();
    assert.deepEqual(await trial.rows('account'), before);
    await refused(trial.planRollback(), 'undo_expired');
  }),
};
