import type { KeptTable, PlannedSql, Table, TableIndex } from '@objectstack/spec/system';
import type { Row as TableRow } from '../../src/migration/column-value.js';
import type { Draft } from '../../src/migration/draft.js';
import type { RenameStep } from '../../src/migration/rename-steps.js';
import type { Names } from '../../src/migration/rename-table.js';
import type { TablePlan } from '../../src/migration/table-plan.js';
import { changed, gives, mutantsOf, type Row } from './mutant-table.js';

const PLAIN: Pick<Draft, 'sql' | 'rollback'> = { sql: 'SELECT 1', rollback: [] };
const without = (pattern: RegExp) =>
  changed((statements: PlannedSql[]) => statements.filter(({ sql }) => !pattern.test(sql)));
const withSql = (pattern: RegExp, text: string) =>
  changed((statements: PlannedSql[]) =>
    statements.map((each) => ({ ...each, sql: each.sql.replace(pattern, text) })),
  );
const ofAll = <T>(change: (item: T) => T) => changed((items: T[]) => items.map(change));

type RenameTable = (table: Table, objects: Names, columns: Names | undefined) => Table;
type CreateIndex = (object: string, index: TableIndex, ...rest: unknown[]) => Draft;

const STEPS: Row[] = [
  ['assertConvertible', gives([]), 'other types'],
  ['dropIndexes', gives([]), 'swapped names'],
  ['dropTables', gives([]), 'removals'],
  ['dropColumns', gives([]), 'removals'],
  ['renameTables', gives([]), 'a new name and back'],
  ['renameColumns', gives([]), 'a new name and back'],
  ['convertColumns', gives([]), 'other types'],
  ['createTables', gives([]), 'additions'],
  ['rebuild', gives([]), 'a rebuild under children'],
  ['addColumns', gives([]), 'additions'],
  ['createIndex', changed((draft: Draft) => ({ ...draft, ...PLAIN })), 'additions'],
  [
    'createIndex',
    (original) =>
      (object: string, index: TableIndex, ...rest: unknown[]) => {
        const draft = (original as CreateIndex)(object, index, ...rest);
        return index.name.startsWith('_os_') ? draft : { ...draft, ...PLAIN };
      },
    'a rebuild under children',
    'indexes made by hand',
  ],
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

const TABLES: Row[] = [
  [
    'planTables',
    ofAll((plan: TablePlan) => ({ ...plan, isRebuilt: false })),
    'a rebuild under children',
    'what has to be rebuilt',
  ],
  [
    'planTables',
    ofAll((plan: TablePlan) => ({ ...plan, isRebuilt: true })),
    'additions',
    'what need not be rebuilt',
  ],
  [
    'planTables',
    ofAll((plan: TablePlan) => ({ ...plan, kept: null })),
    'the way back',
    'values that come back',
  ],
  [
    'planTables',
    ofAll((plan: TablePlan) => ({ ...plan, conversions: new Map() })),
    'other types',
    'conversions',
  ],
];

const VALUES: Row[] = [
  ['columnFits', gives(null), 'other types'],
  ['isUnfilled', gives(null), 'what is in the way'],
];

const keepsCondition: Row[1] = (original) => (table: Table, objects: Names, columns: Names | undefined) => {
  const renamed = (original as RenameTable)(table, objects, columns);
  const indexes = renamed.indexes.map((index, at) => ({ ...index, where: table.indexes[at]?.where ?? null }));
  return { ...renamed, indexes };
};

const rowAfter =
  () =>
  (_diff: unknown, { after }: TablePlan): TableRow => ({
    column: (name) => `"${after.name}"."${name}"`,
    target: (table) => `"${table}"`,
  });

/** Every step of the planner. */
export const PLANNER_MUTANTS = [
  ...mutantsOf('alter-statements', STEPS),
  ...mutantsOf('rebuild-table', REBUILD),
  ...mutantsOf('table-plan', TABLES),
  ...mutantsOf('column-value', VALUES),
  ...mutantsOf('rename-table', [
    ['renameTable', keepsCondition, 'swapped names', 'conditions of indexes'],
    ['assertNotMentioned', gives(undefined), 'a view that speaks of what is renamed'],
  ]),
  ...mutantsOf('rename-steps', [
    [
      'renameSteps',
      () =>
        (renames: Names): RenameStep[] =>
          [...renames].map(([from, to]) => ({ from, to })),
      'swapped names',
      'names in between',
    ],
  ]),
  ...mutantsOf('renamed-columns', [
    ['goneName', () => (name: string) => name, 'an object in the place of another'],
    ['removedColumns', gives(new Set()), 'removals'],
    ['movedObjects', gives(new Map()), 'an object in the place of another'],
  ]),
  ...mutantsOf('convert-value', [
    [
      'conversionOf',
      changed((conversion: { value: unknown } | null) => conversion && { value: conversion.value }),
      'other types',
      'what fits',
    ],
    ['conversionOf', gives(null), 'other types'],
  ]),
  ...mutantsOf('row-before', [['rowBefore', rowAfter, 'what is in the way']]),
  ...mutantsOf('rowid', [['rowidOf', gives('rowid'), 'a rebuild under children']]),
  ...mutantsOf('kept-tables', [
    ['keepAside', gives([]), 'the way back'],
    ['keptTablesOf', gives([]), 'the way back'],
    [
      'keptTablesOf',
      changed((tables: KeptTable[]) => tables.filter(({ whole }) => whole)),
      'the way back',
      'values of fields',
    ],
    [
      'keptTablesOf',
      changed((tables: KeptTable[]) => tables.filter(({ whole }) => !whole)),
      'the way back',
      'records of objects',
    ],
  ]),
];
