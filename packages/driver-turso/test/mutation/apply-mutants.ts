import type { RollbackSource, SqlStatement } from '@objectstack/spec/contracts';
import type { MigrationPlan } from '@objectstack/spec/system';
import type { MigrationRun } from '../../src/migration/apply/migration-run.js';
import type { RollbackInformation } from '../../src/migration/rollback/rollback-information.js';
import { changed, changedInSteps, gives, givesInSteps, mutantsOf, type Row } from './mutant-table.js';

const PASSES = gives({ sql: 'SELECT 1' });
const without = (pattern: RegExp) =>
  changedInSteps((statements: SqlStatement[]) => statements.filter(({ sql }) => !pattern.test(sql)));

const GUARDS: Row[] = [
  ['schemaVersionIs', PASSES, 'DDL after planning'],
  ['latestDeploymentIs', PASSES, 'a deployment after planning'],
  ['foreignKeysAreOff', PASSES, 'a driver that does not disable foreign keys'],
  ['brokenForeignKeysAreAtMost', PASSES, 'a record that is deleted while foreign keys are disabled'],
  ['databaseIsEmpty', PASSES, 'a database that is not empty'],
];

const ROWS: Row[] = [
  ['historyRows', givesInSteps([]), 'a plan that ran already'],
  ['historyRows', without(/^UPDATE _os_deployment/), 'a rollback that is no longer the latest', 'one undo'],
  ['retainedRows', givesInSteps([]), 'retained data'],
  ['metadataRows', without(/^DELETE FROM _os_object/), 'a rename and its rollback', 'objects that go'],
  ['metadataRows', without(/^INSERT INTO _os_object/), 'additions', 'objects that come'],
  ['metadataRows', without(/^DELETE FROM _os_component/), 'components and labels', 'components that go'],
  ['metadataRows', without(/^INSERT INTO _os_component/), 'components and labels', 'components that come'],
  ['metadataRows', without(/_os_sequence/), 'a rename and its rollback', 'counters'],
];

const RUN: Row[] = [
  [
    'migrationRun',
    changedInSteps(({ statements, ...run }: MigrationRun) => ({
      ...run,
      statements: statements.filter(({ sql }) => !sql.startsWith('CREATE TABLE IF NOT EXISTS')),
    })),
    'additions',
    'system tables',
  ],
  [
    'countBrokenKeys',
    changed((count: number | null) => count && 0),
    'a foreign key that was broken before',
    'the old ones',
  ],
  ['countBrokenKeys', gives(null), 'a rebuild under children', 'whether tables are dropped'],
  ['atomicOptionsOf', gives({ foreignKeys: 'on' }), 'a rebuild under children', 'foreign keys off'],
];

/** Mutants of the modules that apply plans. */
export const APPLY_MUTANTS = [
  ...mutantsOf('guard-of', GUARDS),
  ...mutantsOf('metadata-rows', ROWS),
  ...mutantsOf('migration-run', RUN),
  ...mutantsOf('verify-plan', [['verifyPlan', () => (plan: never) => plan, 'a plan that was changed']]),
  ...mutantsOf('assert-derived-diff', [
    ['assertDerivedDiff', givesInSteps(undefined), 'a plan whose diff was changed'],
  ]),
  ...mutantsOf('plan-hash-of', [['planHashSteps', givesInSteps('0'.repeat(64)), 'a plan that was changed']]),
  ...mutantsOf('assert-views-work', [['assertViewsWork', () => async () => undefined, 'an invalid view']]),
  ...mutantsOf('assert-rollback-diff', [
    ['assertRollbackDiff', () => async () => undefined, 'a rollback that is no longer the latest'],
  ]),
  ...mutantsOf('explain-failure', [
    ['explainFailure', () => (error: never) => error, 'a lookup that refers to nothing'],
  ]),
  ...mutantsOf('verify-applied', [
    ['alreadyApplied', gives(null), 'a plan that ran already'],
    ['verifyApplied', gives(undefined), 'a database that executes other statements'],
  ]),
  ...mutantsOf('assert-within-lock-budget', [
    ['assertWithinLockBudget', gives(undefined), 'a transaction that would last too long'],
  ]),
  ...mutantsOf('statements-to-run', [
    [
      'statementsToRun',
      () =>
        ({ statements }: MigrationPlan) =>
          statements,
      'other types',
      'approved changes',
    ],
  ]),
  ...mutantsOf('rollback-information', [
    [
      'rollbackInformationOf',
      changedInSteps((undo: RollbackInformation) => ({ ...undo, tables: [] })),
      'the rollback',
      'what is kept',
    ],
    [
      'rollbackInformationOf',
      changedInSteps((undo: RollbackInformation) => ({ ...undo, fields: [] })),
      'a rename and its rollback',
      'names of fields',
    ],
    [
      'rollbackSourceOf',
      changed((source: RollbackSource) => ({ ...source, objects: {} })),
      'a rename and its rollback',
      'names of objects',
    ],
    ['desiredBefore', gives({ objects: [], components: [] }), 'the rollback'],
  ]),
  ...mutantsOf('purge-retained', [
    ['purgeRetained', gives(Promise.resolve(2)), 'retained data'],
    ['eraseRetained', gives(Promise.resolve(1)), 'records that are erased'],
  ]),
  ...mutantsOf('@objectstack/spec/system', [
    ['assertAllowed', gives(undefined), 'removals'],
    ['assertBaseSchema', gives(undefined), 'a plan for another schema'],
  ]),
];
