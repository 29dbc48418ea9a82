/**
 * Paths whose tracked text files must not contain any of {@link FORBIDDEN_TERMS}. Add further areas once they are
 * clean.
 */
export const CLEAN_AREAS: readonly string[] = [
  'packages/spec',
  'packages/expressions',
  'packages/conformance',
  'packages/runtime',
  'bench',
  'testing',
  'packages/driver-turso',
  'packages/turso-emulator',
  'packages/cli',
  'docs',
  'examples',
  '.changeset',
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'ROADMAP.md',
];

/** Terms that have a standard equivalent, which the error message names. */
const FORBIDDEN_TERMS: readonly (readonly [term: RegExp, instead: string])[] = [
  [/\b(kept|keeps?|keeping) aside\b/i, 'retained'],
  [/\b(take|takes|taken|took|taking) away\b/i, 'removed'],
  [/\bways? back\b/i, 'rollback'],
  [/\b(brings?|brought) back\b/i, 'restored'],
  [/\bstrangers?\b/i, 'unmanaged'],
  [/\bbystanders?\b/i, 'unmanaged objects'],
  [/\b(some|no|every|any)body\b/i, 'the user, process or client that is meant'],
  [/\b(made|makes?|making) (anew|again)\b/i, 'rebuilt, recreated'],
  [/\banew\b/i, 'again, rebuilt, recreated'],
  [/\b(makes?|made|making) way\b/i, 'renamed, removed'],
  [/\bwhoever\b/i, 'the user, process or client that is meant'],
  [/\bin silence\b/i, 'without an error'],
  [/\bspeaks? of\b/i, 'mentions'],
  [/\bwhose it is\b/i, 'owner'],
  [/\bwho(m)?ever\b/i, 'the user, process or client that is meant'],
  [/\bhanded in\b/i, 'passed'],
  [/\b(take|makes?|took|taken|taking|made) (it )?for another\b/i, 'mistaken for another'],
  [/\bharmless to repeat\b/i, 'idempotent'],
  [/\b(to be called )?now and then\b/i, 'periodically'],
  [/\bformer(s| names?)\b/i, 'previous'],
  [/\bmakes? way\b/i, 'deleted in favor of the restored record'],
  [/\bhalf (of )?a surrogate pair\b/i, 'a lone surrogate'],
  [/\bof (ours|theirs)\b/i, 'of this workspace, unmanaged'],
  [/\bthe outside\b/i, 'the external provider'],
  [/\bwhat (it|they) can do\b/i, 'capabilities'],
  [/\bgone names?\b/i, 'placeholder name'],
  [/\b(things|tables|objects) of ours\b/i, 'system tables, managed objects'],
  [/\b(changed|made) by hand\b/i, 'changed outside of a deployment'],
  [/\bbehind the back\b/i, 'outside of a deployment'],
  [/\bcarried, not enforced\b/i, 'stored, not interpreted'],
  [/\b(stands?|records) in the way\b/i, 'obstructing records'],
  [/\bhas the last word\b/i, 'is authoritative'],
  [/\ballow(ed)? by name\b/i, 'approve by id'],
  [/\bwrong (drivers?|services?)\b/i, 'mutants'],
  [/\b(behaviour|colour|favour|honour|neighbour|labour)\w*\b/i, 'the spelling with -or'],
  // Not the names of methods of other packages.
  [
    /(?<!\.)\b(organis|normalis|recognis|serialis|initialis|synchronis|optimis|authoris|customis)\w*\b/i,
    '-ize',
  ],
  [/\b(analys|catalogu|centre|licence|defence)(e|ed|es|ing|s)?\b/i, 'the American spelling'],
  [/\b(cancell|travell|labell|modell)(ed|ing)\b/i, 'one l'],
];

export interface ForbiddenTerm {
  /** Line of the text, from 1. */
  readonly line: number;
  readonly found: string;
  readonly instead: string;
}

/** Every forbidden term in a text, with its line and the standard equivalent. */
export function forbiddenTerms(text: string): ForbiddenTerm[] {
  // Almost no text contains any of them: to look at each line for each term takes much longer.
  const terms = FORBIDDEN_TERMS.filter(([term]) => term.test(text));
  if (terms.length === 0) return [];
  return text.split('\n').flatMap((line, index) => {
    return terms.flatMap(([term, instead]) => {
      const [found] = term.exec(line) ?? [];
      return found === undefined ? [] : [{ line: index + 1, found, instead }];
    });
  });
}
