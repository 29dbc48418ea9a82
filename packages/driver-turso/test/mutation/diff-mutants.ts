import type { Table } from '@objectstack/spec/system';
import type { Mutant } from './dispatch.js';
import { gives, mutantsOf, type Row } from './mutant-table.js';

type ProjectTable = (live: Table, before: Table, after: Table) => Table;

/** The table that a change leads to, without something that others added. */
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

/** Everything that keeps a diff from being wrong. */
export const DIFF_MUTANTS = [
  ...mutantsOf('project-table', OTHERS),
  ...mutantsOf('match-predecessors', [['matchPredecessors', noHints, 'a new name and back', 'hints']]),
  ...mutantsOf('assert-as-deployed', [
    ['assertAsDeployed', gives(undefined), 'a column that was dropped by hand'],
  ]),
  ...mutantsOf('assert-columns-free', [
    ['assertColumnsFree', gives(undefined), 'a column that was added by hand'],
  ]),
  ...mutantsOf('assert-not-indexed', [
    ['assertNotIndexed', gives(undefined), 'an index by hand on what goes'],
  ]),
  ...mutantsOf('assert-not-referred', [
    ['assertNotReferred', gives(undefined), 'a table that refers to what goes'],
  ]),
  ...mutantsOf('assert-name-free', [['assertNameFree', gives(undefined), 'a name that is taken']]),
  ...mutantsOf('diff-components', [['diffComponents', gives([]), 'components and words']]),
  ...mutantsOf('drift-of', [['driftOf', gives([]), 'drift that is found']]),
  ...mutantsOf('preflight-of', [['preflightOf', gives([]), 'what is in the way']]),
  ...mutantsOf('stricter-rules', [['stricterRules', gives([]), 'what is in the way']]),
];
