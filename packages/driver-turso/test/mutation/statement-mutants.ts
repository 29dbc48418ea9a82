import type { PlannedSql, TableIndex } from '@objectstack/spec/system';
import type { Draft } from '../../src/migration/plan/draft/draft.js';
import { changed, changedInSteps, gives, givesInSteps, mutantsOf, type Row } from './mutant-table.js';

const PLAIN: Pick<Draft, 'sql' | 'rollback'> = { sql: 'SELECT 1', rollback: [] };
const without = (pattern: RegExp) =>
  changed((statements: PlannedSql[]) => statements.filter(({ sql }) => !pattern.test(sql)));
const withSql = (pattern: RegExp, text: string) =>
  changed((statements: PlannedSql[]) =>
    statements.map((each) => ({ ...each, sql: each.sql.replace(pattern, text) })),
  );

type CreateIndex = (object: string, index: TableIndex, ...rest: unknown[]) => Draft;

const INDEXES: Row[] = [
  ['createIndex', changed((draft: Draft) => ({ ...draft, ...PLAIN })), 'additions'],
  [
    'createIndex',
    (original) =>
      (object: string, index: TableIndex, ...rest: unknown[]) => {
        const draft = (original as CreateIndex)(object, index, ...rest);
        return index.name.startsWith('_os_') ? draft : { ...draft, ...PLAIN };
      },
    'a rebuild under children',
    'unmanaged indexes',
  ],
];

const ofKind = (kind: Draft['kind']) =>
  changed((drafts: Draft[]) => drafts.filter((draft) => draft.kind !== kind));

const TABLES: Row[] = [
  ['createTables', givesInSteps([]), 'additions'],
  [
    'createTables',
    changedInSteps((drafts: Draft[]) => drafts.filter(({ kind }) => kind !== 'restore_records')),
    'the rollback',
    'restored records',
  ],
  [
    'createTables',
    changedInSteps((drafts: Draft[]) =>
      drafts.map((draft) => ({
        ...draft,
        sql: draft.sql.replace(/^(INSERT INTO .*?\()\w+, (.*?SELECT )"_os_row", /, '$1$2'),
      })),
    ),
    'the rollback',
    'their row ids',
  ],
];

const COLUMNS: Row[] = [
  ['addColumns', gives([]), 'additions'],
  ['addColumns', ofKind('restore_values'), 'the rollback', 'restored values'],
];

const REBUILD: Row[] = [
  [
    'rebuildTable',
    withSql(/^(INSERT INTO .*?\()\w+, (.*?SELECT ).*?, /, '$1$2'),
    'a rebuild under children',
    'row ids',
  ],
  ['rebuildTable', without(/^CREATE TRIGGER/), 'a rebuild under children', 'triggers'],
  ['rebuildTable', without(/^DROP TABLE "_os_tmp_/), 'a rebuild under children', 'the copy is dropped'],
  ['rebuildTable', without(/^INSERT/), 'a rebuild under children', 'the records'],
];

/** Mutants of the modules that generate statements. */
export const STATEMENT_MUTANTS = [
  ...mutantsOf('assert-convertible', [['assertConvertible', gives([]), 'other types']]),
  ...mutantsOf('check-references', [['checkReferences', gives([]), 'an orphan that hides another']]),
  ...mutantsOf('rename-tables', [['renameTables', gives([]), 'a rename and its rollback']]),
  ...mutantsOf('rename-columns', [['renameColumns', gives([]), 'a rename and its rollback']]),
  ...mutantsOf('drop-indexes', [['dropIndexes', gives([]), 'swapped names']]),
  ...mutantsOf('create-index', INDEXES),
  ...mutantsOf('drop-tables', [['dropTables', gives([]), 'removals']]),
  ...mutantsOf('create-tables', TABLES),
  ...mutantsOf('drop-columns', [['dropColumns', gives([]), 'removals']]),
  ...mutantsOf('convert-columns', [['convertColumns', gives([]), 'other types']]),
  ...mutantsOf('add-columns', COLUMNS),
  ...mutantsOf('rebuild-statements', [['rebuildStatements', gives([]), 'a rebuild under children']]),
  ...mutantsOf('rebuild-table', REBUILD),
];
