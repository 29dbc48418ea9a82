import { grammarWords } from './grammar-words.js';
import { foldCase, tokenize, unquoted } from './tokenize.js';
import { visitNames } from './visit-names.js';

const MAX_CACHED_TEXTS = 2_000;

/** Cached names by SQL: a diff looks up the same views and triggers for every changed object. */
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
 * All names in folded case that SQL mentions as a table, view, column or similar. Excludes keywords, functions, values
 * and comments; includes words that may be a name or something else.
 */
export function mentionedNames(sql: string): ReadonlySet<string> {
  const names = known.get(sql) ?? readNames(sql);
  if (known.size >= MAX_CACHED_TEXTS) known.clear();
  known.set(sql, names);
  return names;
}
