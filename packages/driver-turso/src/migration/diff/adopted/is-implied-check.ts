import {
  type Field,
  fieldValueModel,
  isList,
  type ObjectDefinition,
  storageOf,
} from '@objectstack/spec/data';
import { textLiteral } from '../../../schema/text-literal.js';
import { foldCase, type Token, tokenize, unquoted } from '../../../sql/tokenize.js';

/*
 * A CHECK of an adopted table is kept only if every value that the rules of its field permit satisfies it. The condition
 * is brought into one spelling, with quoted names and one blank between tokens, and compared with known conditions.
 */

const KEYWORDS = new Set(['in', 'is', 'null', 'and', 'or', 'between', 'length', 'json_valid', 'not']);
const NAME = '"([^"]+)"';
const NUMBER = '([-+]? ?[0-9.]+)';

function spelled(token: Token): string {
  if (token.kind === 'quoted') return `"${foldCase(unquoted(token))}"`;
  if (token.kind === 'word') return KEYWORDS.has(token.word) ? token.word : `"${foldCase(token.text)}"`;
  return token.text;
}

/** Tokens between parentheses at both ends, if these belong together. */
function withoutParentheses(tokens: readonly string[]): readonly string[] {
  if (tokens[0] !== '(' || tokens.at(-1) !== ')') return tokens;
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0 && index < tokens.length - 1) return tokens;
  }
  return withoutParentheses(tokens.slice(1, -1));
}

/** Splits at a word outside of parentheses; the AND of a BETWEEN does not split. */
function splitAt(tokens: readonly string[], word: 'and' | 'or'): string[][] {
  const parts: string[][] = [[]];
  let depth = 0;
  let isBetween = false;
  for (const token of tokens) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (token === 'between') isBetween = true;
    if (token === word && depth === 0 && !(word === 'and' && isBetween)) parts.push([]);
    else parts.at(-1)?.push(token);
    if (token === 'and') isBetween = false;
  }
  return parts;
}

interface Rule {
  readonly pattern: RegExp;
  /** Whether the rules of the field imply the condition with these operands. */
  readonly isImplied: (field: Field, operands: readonly string[]) => boolean;
}

const amount = (text = '') => Number(text.replaceAll(' ', ''));
/** Items of a list of constants; empty if it contains anything else. */
function listed(list: string): string[] {
  const tokens = tokenize(list);
  const isList = tokens.every(({ kind, text }, at) =>
    at % 2 === 1 ? text === ',' : kind === 'string' || kind === 'number',
  );
  return isList ? tokens.flatMap(({ text }, at) => (at % 2 === 1 ? [] : [text])) : [];
}
const encodingOf = (field: Field) => (isList(field) ? 'json' : storageOf(field).encoding);

function isOffered(field: Field, [list = '']: readonly string[]): boolean {
  const items = new Set(listed(list));
  if (encodingOf(field) === 'boolean') return items.has('0') && items.has('1');
  const { options } = fieldValueModel(field);
  if (encodingOf(field) !== 'text' || !options) return false;
  return [...options].every((option) => items.has(textLiteral(option)));
}

function isWithin(field: Field, [operator = '', bound]: readonly string[]): boolean {
  const limit = amount(bound);
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } =
    encodingOf(field) === 'boolean' ? { min: 0, max: 1 } : encodingOf(field) === 'number' ? field : {};
  const holds: Readonly<Record<string, boolean>> = {
    '>=': min >= limit,
    '>': min > limit,
    '<=': max <= limit,
    '<': max < limit,
  };
  return holds[operator] ?? false;
}

function isShort(field: Field, [operator, bound]: readonly string[]): boolean {
  const { maxLength = Number.POSITIVE_INFINITY } = field;
  const limit = amount(bound);
  return encodingOf(field) === 'text' && (operator === '<' ? maxLength < limit : maxLength <= limit);
}

const RULES: readonly Rule[] = [
  { pattern: new RegExp(`^${NAME} in \\( (.+) \\)$`), isImplied: isOffered },
  { pattern: new RegExp(`^${NAME} (>=|>|<=|<) ${NUMBER}$`), isImplied: isWithin },
  {
    pattern: new RegExp(`^${NAME} between ${NUMBER} and ${NUMBER}$`),
    isImplied: (field, [low = '', high = '']) =>
      isWithin(field, ['>=', low]) && isWithin(field, ['<=', high]),
  },
  { pattern: new RegExp(`^length \\( ${NAME} \\) (<=|<) ${NUMBER}$`), isImplied: isShort },
  {
    pattern: new RegExp(`^json_valid \\( ${NAME} \\)$`),
    isImplied: (field) => encodingOf(field) === 'json',
  },
];

/** Whether SQLite accepts each value that the field permits; a CHECK accepts NULL in any case. */
function isImpliedBy(tokens: readonly string[], fields: ReadonlyMap<string, Field>): boolean {
  const bare = withoutParentheses(tokens);
  const terms = splitAt(bare, 'or').map(withoutParentheses);
  const rest = terms.filter((term) => !/^"[^"]+" is null$/.test(term.join(' ')));
  const [only, ...others] = rest.length < terms.length ? rest : [bare];
  if (!only || others.length > 0) return false;
  const parts = splitAt(only, 'and');
  if (parts.length > 1) return parts.every((part) => isImpliedBy(part, fields));
  const text = only.join(' ');
  if (only !== bare && rest.length < terms.length) return isImpliedBy(only, fields);
  return RULES.some(({ pattern, isImplied }) => {
    const [, name = '', ...operands] = pattern.exec(text) ?? [];
    const field = fields.get(name);
    return field !== undefined && isImplied(field, operands);
  });
}

/** Whether the rules of an object imply the condition of a CHECK constraint. */
export function isImpliedCheck(condition: string, { fields }: ObjectDefinition): boolean {
  const tokens = tokenize(condition).map(spelled);
  return isImpliedBy(tokens, new Map(Object.entries(fields)));
}
