const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\d+(?:\.\d+)?|[a-z_]\w*|<>|<=|>=|!=|==|\|\||->>|->|\s+|[\s\S]/gi;
const PUNCTUATION = /^(<>|<=|>=|!=|==|\|\||->>|->|[=<>()+\-*/%,.])$/;

/** SQL words that a condition may contain; a field with such a name must be in double quotes. */
const WORDS: ReadonlySet<string> = new Set(
  (
    'and or not is null in like glob between case when then else end true false collate nocase binary rtrim isnull notnull cast as text real integer ' +
    'abs coalesce ifnull iif instr length lower ltrim nullif round substr trim typeof upper json_extract json_type json_valid json_array_length'
  ).split(' '),
);

/** The condition as SQL of the index, or what is wrong with it. */
export type IndexCondition = { readonly sql: string } | { readonly problem: string };

const unquote = (name: string) => name.slice(1, -1).replaceAll('""', '"');

function readToken(token: string, columns: ReadonlySet<string>): IndexCondition {
  if (/^\s/.test(token)) return { sql: ' ' };
  if ((token.length > 1 && token.startsWith("'")) || /^\d/.test(token) || PUNCTUATION.test(token))
    return { sql: token };
  if (token.length > 1 && token.startsWith('"')) {
    const name = unquote(token);
    return columns.has(name) ? { sql: token } : { problem: `there is no field ${name}` };
  }
  if (!/^[a-z_]/i.test(token)) return { problem: `${token} is not permitted` };
  if (WORDS.has(token.toLowerCase())) return { sql: token.toUpperCase() };
  return columns.has(token) ? { sql: `"${token}"` } : { problem: `there is no field ${token}` };
}

/**
 * Normalizes the SQL condition of a partial index. Fields are put in double quotes, and SQL keywords in uppercase.
 * Rejects comments, placeholders and semicolons. `columns` are the stored fields.
 */
export function indexCondition(condition: string, columns: ReadonlySet<string>): IndexCondition {
  const tokens = (condition.trim().match(TOKEN) ?? []).map((token) => readToken(token, columns));
  const wrong = tokens.find((token) => 'problem' in token);
  if (wrong) return wrong;
  const sql = tokens.map((token) => ('sql' in token ? token.sql : '')).join('');
  if (sql === '') return { problem: 'it is empty' };
  if (/--|\/\*/.test(sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '')))
    return { problem: 'it contains a comment' };
  return { sql };
}
