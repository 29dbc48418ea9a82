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
/** Every pragma that reads is one too; the names of an app's objects may begin with `pragma__`. */
const PRAGMA = /^pragma_(?!_)/;

/** Whether SQLite has a table-valued function of this name: a table of the same name would take its place. */
export const isTableFunctionName = (name: string): boolean => TABLE_FUNCTIONS.has(name) || PRAGMA.test(name);
