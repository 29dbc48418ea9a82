import type { RetainedTable, Table } from '@objectstack/spec/system';
import type { Names } from '../../src/migration/diff/renames/rename-table.js';
import type { RenameStep } from '../../src/migration/plan/statements/rename-steps.js';
import type { TablePlan } from '../../src/migration/plan/table/table-plan.js';
import type { Row as TableRow } from '../../src/migration/plan/values/column-value.js';
import { changed, changedInSteps, gives, givesInSteps, mutantsOf, type Row } from './mutant-table.js';

const ofAll = <T>(change: (item: T) => T) => changedInSteps((items: T[]) => items.map(change));

type RenameTable = (table: Table, objects: Names, columns: Names | undefined) => Table;

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
    ofAll((plan: TablePlan) => ({ ...plan, retained: null })),
    'the rollback',
    'restored values',
  ],
  [
    'planTables',
    ofAll((plan: TablePlan) => ({ ...plan, conversions: new Map() })),
    'other types',
    'conversions',
  ],
  ['changeTo', gives(undefined), 'a value that was written afterwards'],
];

const VALUES: Row[] = [
  ['columnFits', gives(null), 'other types'],
  ['isUnfilled', gives(null), 'obstructing records'],
  ['targetIsMissing', gives(null), 'what cannot be restored'],
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

/** Mutants of the modules that plan tables and values. */
export const PLANNER_MUTANTS = [
  ...mutantsOf('table-plan', TABLES),
  ...mutantsOf('column-named', [['foreignKeyOn', gives(undefined), 'additions']]),
  ...mutantsOf('column-value', VALUES),
  ...mutantsOf('rename-table', [
    ['renameTable', keepsCondition, 'swapped names', 'conditions of indexes'],
    ['assertNotMentioned', gives(undefined), 'a view that mentions a renamed column'],
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
    ['placeholderName', () => (name: string) => name, 'an object in the place of another'],
    ['renamedColumns', gives(new Map()), 'a rename and its rollback'],
    ['renamedObjects', gives(new Map()), 'a rename and its rollback'],
    ['removedColumns', gives(new Set()), 'removals'],
    ['movedObjects', gives(new Map()), 'an object in the place of another'],
  ]),
  ...mutantsOf('conversion-of', [
    [
      'conversionOf',
      changed((conversion: { value: unknown } | null) => conversion && { value: conversion.value }),
      'other types',
      'what fits',
    ],
    ['conversionOf', gives(null), 'other types'],
  ]),
  ...mutantsOf('row-before', [['rowBefore', rowAfter, 'obstructing records']]),
  ...mutantsOf('rowid-of', [['rowidOf', gives('rowid'), 'a rebuild under children']]),
  ...mutantsOf('retain-values', [
    ['retainValues', givesInSteps([]), 'the rollback'],
    ['renameEarlierRetained', () => async () => [], 'a repeated removal'],
    ['retainedTablesOf', gives([]), 'the rollback'],
    [
      'retainedTablesOf',
      changed((tables: RetainedTable[]) => tables.filter(({ whole }) => whole)),
      'the rollback',
      'values of fields',
    ],
    [
      'retainedTablesOf',
      changed((tables: RetainedTable[]) => tables.filter(({ whole }) => !whole)),
      'the rollback',
      'records of objects',
    ],
  ]),
];
