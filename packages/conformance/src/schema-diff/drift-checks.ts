import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { NUMBER, object, TEXT } from './objects.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const ACCOUNT = object('account', { name: { type: 'text', unique: true }, size: NUMBER });
const WIDER = object('account', { name: { type: 'text', unique: true }, size: NUMBER, more: TEXT });
const NOTE = object('note', { body: TEXT });

const INDEX = `SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'account' AND sql IS NOT NULL`;

const MANUAL_CHANGES: Readonly<Record<string, [what: string, ...statements: string[]]>> = {
  'column-dropped': ['a dropped column', 'ALTER TABLE account DROP COLUMN size'],
  'column-renamed': ['a renamed column', 'ALTER TABLE account RENAME COLUMN size TO length'],
  'table-renamed': ['a renamed table', 'ALTER TABLE account RENAME TO other'],
  'table-dropped': ['a dropped table', 'DROP TABLE account'],
  'column-retyped': [
    'a column with another type',
    'ALTER TABLE account DROP COLUMN size',
    'ALTER TABLE account ADD COLUMN size TEXT',
  ],
  'column-checked': [
    'a column with an added check',
    'ALTER TABLE account DROP COLUMN size',
    'ALTER TABLE account ADD COLUMN size REAL CHECK (size > 0)',
  ],
  'index-dropped': ['a dropped index', '(index)'],
};

async function changeManually(trial: SchemaDiffTrial, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    const [index] = statement === '(index)' ? await trial.sql(INDEX) : [];
    await trial.sql(index ? `DROP INDEX "${index.name}"` : statement);
  }
}

const afterManualChange = ([what, ...statements]: (typeof MANUAL_CHANGES)[string]): SchemaDiffCheck =>
  must(
    `${what} outside of a deployment: diff and planRollback throw schema_mismatch, with nothing changed`,
    async (trial) => {
      await trial.deploy([NOTE]);
      await trial.deploy([ACCOUNT, NOTE]);
      await changeManually(trial, statements);
      const before = await trial.introspect();
      for (const desired of [[WIDER, NOTE], [NOTE], [ACCOUNT, NOTE]])
        await refused(trial.plan(desired), 'schema_mismatch');
      await refused(trial.planRollback(), 'schema_mismatch');
      assert.deepEqual(await trial.introspect(), before);
    },
  );

export const driftChecks: SchemaDiffChecks = {
  ...Object.fromEntries(
    Object.entries(MANUAL_CHANGES).map(([name, hand]) => [name, afterManualChange(hand)]),
  ),
  undone: must('a change outside of a deployment that was reverted is not drift', async (trial) => {
    await trial.deploy([ACCOUNT]);
    await trial.sql('ALTER TABLE account RENAME COLUMN size TO length');
    await refused(trial.plan([WIDER]), 'schema_mismatch');
    await trial.sql('ALTER TABLE account RENAME COLUMN length TO size');
    assert.equal((await trial.deploy([WIDER])).outcome, 'applied');
  }),
};
