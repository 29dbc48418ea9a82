import type { Table } from '@objectstack/spec/system';
import type { Mutant } from './dispatch.js';
import { gives, givesInSteps, mutantsOf, type Row } from './mutant-table.js';

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
  ...mutantsOf('match-former', [['matchFormer', noHints, 'a new name and back', 'hints']]),
  ...mutantsOf('conflicts', [
    ['assertAsDeployed', gives(undefined), 'a column that was dropped by hand'],
    ['assertColumnsFree', gives(undefined), 'a column that was added by hand'],
    ['assertNotIndexed', gives(undefined), 'an index by hand on what goes'],
    ['assertNotReferred', gives(undefined), 'a table that refers to what goes'],
    ['assertNameFree', gives(undefined), 'a name that is taken'],
  ]),
  ...mutantsOf('diff-components', [['diffComponents', givesInSteps([]), 'components and words']]),
  ...mutantsOf('drift', [['driftOf', givesInSteps([]), 'drift that is found']]),
  ...mutantsOf('preflight', [['preflightOf', givesInSteps([]), 'what is in the way']]),
  ...mutantsOf('stricter-rules', [['stricterRules', gives([]), 'what is in the way']]),
];
