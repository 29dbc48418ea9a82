import type { Table } from '@objectstack/spec/system';
import type { Mutant } from './dispatch.js';
import { gives, givesInSteps, mutantsOf, type Row } from './mutant-table.js';

type ProjectTable = (live: Table, before: Table, after: Table) => Table;

/** The table after a change, without some unmanaged additions. */
const lacking =
  (part: (after: Table) => Partial<Table>): Mutant['instead'] =>
  (original) =>
  (live: Table, before: Table, after: Table) => ({
    ...(original as ProjectTable)(live, before, after),
    ...part(after),
  });

const OTHERS: Row[] = [
  ['projectTable', lacking(() => ({ triggers: [] })), 'a rebuild under children', 'triggers'],
  ['projectTable', lacking(({ columns }) => ({ columns })), 'additions by others', 'columns'],
  ['projectTable', lacking(({ indexes }) => ({ indexes })), 'additions by others', 'indexes'],
];

function noHints(): (
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
) => Map<string, string> {
  return (before, after) =>
    new Map([...after.keys()].flatMap((name) => (before.has(name) ? [[name, name]] : [])));
}

/** Mutants of the modules that derive diffs. */
export const DIFF_MUTANTS = [
  ...mutantsOf('project-table', OTHERS),
  ...mutantsOf('match-renames', [['matchRenames', noHints, 'a rename and its rollback', 'hints']]),
  ...mutantsOf('assert-as-deployed', [
    ['assertAsDeployed', gives(undefined), 'a column that was dropped outside of a deployment'],
  ]),
  ...mutantsOf('assert-columns-free', [
    ['assertColumnsFree', gives(undefined), 'a column that was added outside of a deployment'],
  ]),
  ...mutantsOf('assert-not-indexed', [
    ['assertNotIndexed', gives(undefined), 'an unmanaged index on a removed column'],
  ]),
  ...mutantsOf('assert-not-referred', [
    ['assertNotReferred', gives(undefined), 'a table that refers to a removed object'],
  ]),
  ...mutantsOf('assert-name-free', [['assertNameFree', gives(undefined), 'a name in use']]),
  ...mutantsOf('diff-components', [['diffComponents', givesInSteps([]), 'components and labels']]),
  ...mutantsOf('compare-with-deployed', [['compareWithDeployed', givesInSteps([]), 'drift that is found']]),
  ...mutantsOf('preflight-of', [['preflightOf', givesInSteps([]), 'obstructing records']]),
  ...mutantsOf('stricter-rules', [['stricterRules', gives([]), 'obstructing records']]),
];
