const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\d+(?:\.\d+)?|[a-z_]\w*|<>|<=|>=|!=|==|\|\||->>|->|\s+|[\s\S]/gi;
const PUNCTUATION = /^(<>|<=|>=|!=|==|\|\||->>|->|[=<>()+\-*/%,.])$/;

/** Words of SQL that a condition may use; a field of such a name goes in double quotes. */
const WORDS: ReadonlySet<string> = new Set(
  (
    'and or not is null in like glob between case when then else end true false collate nocase binary rtrim isnull notnull cast as text real integer ' +
    'abs coalesce ifnull iif instr length lower ltrim nullif round substr trim typeof upper json_extract json_type json_valid json_array_length'
  ).split(' '),
);

/** A condition as it stands in the index, or what is wrong with it. */
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
  if (!/^[a-z_]/i.test(token)) return { problem: `${token} has no place in it` };
  if (WORDS.has(token.toLowerCase())) return { sql: token.toUpperCase() };
  return columns.has(token) ? { sql: `"${token}"` } : { problem: `there is no field ${token}` };
}

/**
 * The condition of a partial index in one way of writing: fields in double quotes, SQL words in capitals. Neither a
 * comment nor a placeholder nor the end of the statement has a place in it. `columns` are the fields that are stored.
 */
export function indexCondition(condition: string, columns: ReadonlySet<string>): IndexCondition {
  const tokens = (condition.trim().match(TOKEN) ?? []).map((token) => readToken(token, columns));
  const wrong = tokens.find((token) => 'problem' in token);
  if (wrong) return wrong;
  const sql = tokens.map((token) => ('sql' in token ? token.sql : '')).join('');
  if (sql === '') return { problem: 'it is empty' };
  if (/--|\/\*/.test(sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '')))
    return { problem: 'it holds a comment' };
  return { sql };
}
