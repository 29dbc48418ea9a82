/** What a CHECK constraint permits, as far as a field can express it. */
export type Check =
  | { readonly kind: 'options'; readonly column: string; readonly values: readonly string[] }
  | { readonly kind: 'maxLength'; readonly column: string; readonly length: number }
  | { readonly kind: 'range'; readonly column: string; readonly min?: number; readonly max?: number }
  /** Holds for every value of a field of this type. */
  | {
      readonly kind: 'type';
      readonly column: string;
      readonly type: 'boolean' | 'json';
      readonly sql: string;
    }
  | { readonly kind: 'other'; readonly sql: string };

const CLOSING: Readonly<Record<string, string>> = { "'": "'", '"': '"', '`': '`', '[': ']' };
const COLUMN = `["\`[]?(\\w+)["\`\\]]?`;
const IN_LIST = new RegExp(`^${COLUMN} +in *\\((.*)\\)$`, 'is');
const NUMBER = '([-+]?\\d+(?:\\.\\d+)?)';
const BOUND = new RegExp(`^${COLUMN} *(>=|<=) *${NUMBER}$`);
const BETWEEN = new RegExp(`^${COLUMN} +between +${NUMBER} +and +${NUMBER}$`, 'i');
const OR_NULL = new RegExp(`^(.+) or +${COLUMN} +is +null$|^${COLUMN} +is +null +or +(.+)$`, 'is');
const BOOLEAN = new RegExp(`^${COLUMN} +in *\\( *(?:0 *, *1|1 *, *0) *\\)$`, 'i');
const JSON_TEXT = new RegExp(`^json_valid *\\( *${COLUMN} *\\)$`, 'i');
const LENGTH = new RegExp(`^length *\\( *${COLUMN} *\\) *<= *(\\d+)$`, 'i');

/** Position after the quoted text or name that starts at a position. */
function afterQuoted(sql: string, start: number): number {
  const end = sql.indexOf(CLOSING[sql[start] ?? ''] ?? '', start + 1);
  return end < 0 ? sql.length : end + 1;
}

/** Text between the parenthesis at a position and the one that closes it. */
function inParentheses(sql: string, start: number): string {
  let depth = 0;
  for (let at = start; at < sql.length; at += 1) {
    const character = sql[at] ?? '';
    if (character in CLOSING) at = afterQuoted(sql, at) - 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth === 0) return sql.slice(start + 1, at);
  }
  return sql.slice(start + 1);
}

/** The values of a list of texts, or undefined if it contains anything else. */
function textsIn(list: string): string[] | undefined {
  const texts: string[] = [];
  let rest = list.trim();
  while (rest !== '') {
    const [quoted, value = ''] = /^'((?:[^']|'')*)'/.exec(rest) ?? [];
    if (quoted === undefined) return undefined;
    texts.push(value.replaceAll("''", "'"));
    rest = rest.slice(quoted.length).trim();
    if (rest === '') break;
    if (!rest.startsWith(',')) return undefined;
    rest = rest.slice(1).trim();
  }
  return texts.length === 0 ? undefined : texts;
}

function rangeIn(text: string): Check | undefined {
  const [, column, operator, bound] = BOUND.exec(text) ?? [];
  if (column !== undefined)
    return { kind: 'range', column, [operator === '>=' ? 'min' : 'max']: Number(bound) };
  const [, between, min, max] = BETWEEN.exec(text) ?? [];
  return between === undefined
    ? undefined
    : { kind: 'range', column: between, min: Number(min), max: Number(max) };
}

/** The condition without parentheses around it, and without an alternative for NULL, which a CHECK accepts anyway. */
function bareCondition(sql: string): string {
  const text = sql.trim().replaceAll(/\s+/g, ' ');
  if (text.startsWith('(') && inParentheses(text, 0).length === text.length - 2)
    return bareCondition(text.slice(1, -1));
  const [, before, , , after] = OR_NULL.exec(text) ?? [];
  const rest = before ?? after;
  return rest === undefined ? text : bareCondition(rest);
}

/** The conditions that a CHECK combines with AND, unless it contains anything that would be ambiguous. */
function conditionsIn(sql: string): string[] {
  const text = bareCondition(sql);
  const isSimple = !/['"(]|\bbetween\b|\bor\b/i.test(text.replaceAll(/"\w+"/g, ''));
  return isSimple ? text.split(/ and /i) : [text];
}

function toCheck(sql: string): Check {
  const text = bareCondition(sql);
  const [, isBoolean] = BOOLEAN.exec(text) ?? [];
  if (isBoolean !== undefined) return { kind: 'type', column: isBoolean, type: 'boolean', sql: text };
  const [, isJson] = JSON_TEXT.exec(text) ?? [];
  if (isJson !== undefined) return { kind: 'type', column: isJson, type: 'json', sql: text };
  const range = rangeIn(text);
  if (range) return range;
  const [, column, list] = IN_LIST.exec(text) ?? [];
  const values = list === undefined ? undefined : textsIn(list);
  if (column !== undefined && values) return { kind: 'options', column, values };
  const [, measured, length] = LENGTH.exec(text) ?? [];
  if (measured !== undefined) return { kind: 'maxLength', column: measured, length: Number(length) };
  return { kind: 'other', sql: text };
}

/** The CHECK constraints in a CREATE TABLE statement, or in the definition of a column. */
export function checksOf(sql: string): Check[] {
  const checks: Check[] = [];
  const word = /['"`[]|\bcheck\s*\(/gi;
  for (let match = word.exec(sql); match; match = word.exec(sql)) {
    if (match[0] in CLOSING) {
      word.lastIndex = afterQuoted(sql, match.index);
      continue;
    }
    const condition = inParentheses(sql, word.lastIndex - 1);
    checks.push(...conditionsIn(condition).map(toCheck));
    word.lastIndex += condition.length;
  }
  return checks;
}
