/*
 * Allow-list for raw SQL of callers: the functions, table-valued functions, modules and pragmas of SQLite that access
 * only the database itself. Everything else is rejected, including what a newer version of SQLite may add.
 */

const names = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const CORE = `abs acos acosh asin asinh atan atan2 atanh avg ceil ceiling changes char coalesce concat concat_ws cos cosh
  count cume_dist date datetime degrees dense_rank exp first_value floor format glob group_concat hex ifnull iif instr
  julianday lag last_insert_rowid last_value lead length like likelihood likely ln log log10 log2 lower ltrim max min mod
  nth_value ntile nullif octet_length percent_rank pi pow power printf quote radians random randomblob rank replace round
  row_number rtrim sign sin sinh soundex sqlite_compileoption_get sqlite_compileoption_used sqlite_source_id
  sqlite_version sqrt strftime string_agg substr substring subtype sum tan tanh time timediff total total_changes trim
  trunc typeof unhex unicode unixepoch unlikely upper zeroblob`;

const JSON_FUNCTIONS = `json json_array json_array_length json_error_position json_extract json_group_array json_group_object
  json_insert json_object json_patch json_pretty json_quote json_remove json_replace json_set json_type json_valid jsonb
  jsonb_array jsonb_extract jsonb_group_array jsonb_group_object jsonb_insert jsonb_object jsonb_patch jsonb_remove
  jsonb_replace jsonb_set`;

/** Functions of the extensions that libSQL is built with. */
const EXTENSIONS = `acosh atn2 charindex coth cot difference leftstr lower_quartile median mode padc padl padr proper
  regexp regexpi replicate reverse rightstr sha3 square stdev strfilter upper_quartile uuid uuid_blob uuid_str variance
  bm25 highlight snippet geopoly_area geopoly_bbox geopoly_blob geopoly_ccw geopoly_contains_point geopoly_group_bbox
  geopoly_json geopoly_overlap geopoly_regular geopoly_svg geopoly_within geopoly_xform libsql_vector_idx vector vector16
  vector1bit vector32 vector64 vector8 vector_distance_cos vector_distance_l2 vector_extract vectorb16`;

/** Type names, which can have the syntax of a function call: `DECIMAL(10, 2)`. */
const TYPES = `bigint binary bit blob boolean char character clob dec decimal double f1bit_blob f16_blob f32_blob f64_blob
  f8_blob fb16_blob float float1bit float16 float32 float64 float8 floatb16 int int2 int8 integer json mediumint nchar
  ntext number numeric nvarchar precision real smallint text time timestamp tinyint unsigned uuid varbinary varchar
  varchar2 varying`;

export const SAFE_FUNCTIONS = names(`${CORE} ${JSON_FUNCTIONS} ${EXTENSIONS}`);

export const TYPE_NAMES = names(TYPES);

/** Pragmas that only read when they have no argument. */
export const READING_PRAGMAS =
  names(`analysis_limit application_id auto_vacuum automatic_index busy_timeout cache_size
  cache_spill cell_size_check collation_list compile_options data_version defer_foreign_keys encoding foreign_keys
  freelist_count function_list hard_heap_limit ignore_check_constraints journal_mode journal_size_limit
  legacy_alter_table locking_mode max_page_count mmap_size module_list page_count page_size pragma_list query_only
  read_uncommitted recursive_triggers reverse_unordered_selects schema_version secure_delete soft_heap_limit synchronous
  temp_store threads trusted_schema user_version wal_autocheckpoint writable_schema`);

/** Pragmas whose argument selects what to read. */
export const ARGUMENT_PRAGMAS = names(`foreign_key_check foreign_key_list index_info index_list index_xinfo
  integrity_check quick_check table_info table_list table_xinfo`);

/** Maintenance pragmas that every connection may run. */
export const MAINTENANCE_PRAGMAS = names('optimize wal_checkpoint');

const PRAGMA_PREFIX = 'pragma_';

const SAFE_TABLE_FUNCTIONS = names('generate_series json_each json_tree vector_top_k');

export function isSafeTableFunction(name: string): boolean {
  if (!name.startsWith(PRAGMA_PREFIX)) return SAFE_TABLE_FUNCTIONS.has(name);
  const pragma = name.slice(PRAGMA_PREFIX.length);
  return READING_PRAGMAS.has(pragma) || ARGUMENT_PRAGMAS.has(pragma);
}

/** Modules with which a virtual table may be created. */
export const SAFE_MODULES = names('fts5 fts5vocab geopoly rtree rtree_i32');

/**
 * Modules that can be read without creating a virtual table, and that expose other files, pages of the file or other
 * statements. They look like tables, so an allow-list cannot distinguish them from the tables of a tenant.
 */
const UNSAFE_MODULES = names('carray dbstat fsdir fts3tokenize fts4aux');

const SQLITE_PREFIX = 'sqlite_';
const SQLITE_TABLES = names(
  'sqlite_master sqlite_schema sqlite_sequence sqlite_stat1 sqlite_stat2 sqlite_stat3 sqlite_stat4',
);

/** Whether the name is that of an unsafe module, pragma or internal table of SQLite instead of an ordinary table. */
export function isUnsafeTable(name: string): boolean {
  if (name.startsWith(SQLITE_PREFIX)) return !SQLITE_TABLES.has(name);
  if (name.startsWith(PRAGMA_PREFIX)) return isUnsafePragma(name);
  return UNSAFE_MODULES.has(name);
}

/** No pragma of SQLite begins with an underscore, so such a name can be a table of an app. */
const isUnsafePragma = (name: string) => !name.startsWith(`${PRAGMA_PREFIX}_`) && !isSafeTableFunction(name);

export const SCHEMA_TABLES = names('sqlite_master sqlite_schema');

/** Statements by their first word. */
export const READING_STATEMENTS = names('pragma select values with');
export const WRITING_STATEMENTS = names('alter analyze create delete drop insert reindex replace update');
export const REFUSED_STATEMENTS = names('attach begin commit detach end release rollback savepoint vacuum');
export const SAFE_KINDS: ReadonlySet<string> = new Set([
  'index',
  'table',
  'trigger',
  'unique index',
  'view',
  'virtual table',
]);
