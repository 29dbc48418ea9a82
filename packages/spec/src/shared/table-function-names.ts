const TABLE_FUNCTIONS: ReadonlySet<string> = new Set([
  'carray',
  'dbstat',
  'fsdir',
  'fts3tokenize',
  'fts4aux',
  'generate_series',
  'json_each',
  'json_tree',
  'vector_top_k',
]);
/** Every pragma that reads is a table-valued function too; names of an app's objects may start with `pragma__`. */
const PRAGMA = /^pragma_(?!_)/;

/** Whether SQLite has a table-valued function of this name: a table with the same name would hide it. */
export const isTableFunctionName = (name: string): boolean => TABLE_FUNCTIONS.has(name) || PRAGMA.test(name);
