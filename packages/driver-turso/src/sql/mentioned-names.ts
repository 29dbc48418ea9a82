import { grammarWords } from './grammar-words.js';
import { foldCase, tokenize, unquoted } from './tokenize.js';
import { visitNames } from './visit-names.js';

const MOST_TEXTS = 2_000;

/** By SQL: a diff asks about the same views and triggers for every object that changes. */
const known = new Map<string, ReadonlySet<string>>();

function readNames(sql: string): Set<string> {
  const tokens = tokenize(sql);
  const grammar = grammarWords(tokens);
  const names = new Set<string>();
  visitNames(tokens, ({ index, token, role }) => {
    const isTable = role === 'read' || role === 'written';
    if (isTable || (role === 'other' && !grammar.has(index))) names.add(foldCase(unquoted(token)));
  });
  return names;
}

/**
 * All names, in folded case, that SQL mentions as a table, view, column or the like. Words of the grammar, functions,
 * values and comments mention nothing; what may be a name or something else does.
 */
export function mentionedNames(sql: string): ReadonlySet<string> {
  const names = known.get(sql) ?? readNames(sql);
  if (known.size >= MOST_TEXTS) known.clear();
  known.set(sql, names);
  return names;
}
