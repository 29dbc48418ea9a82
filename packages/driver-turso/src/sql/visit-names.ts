import { beginsExpressions, mayNameExpression, namesExpression } from './begins-expressions.js';
import { closingsOf } from './closings-of.js';
import { isKeyword, isNaming, isReserved } from './reserved-words.js';
import { readHead } from './statement-head.js';
import type { Token } from './tokenize.js';

/*
 * Determines the role of each name in a statement by its position: a table that is read or written, a function that is
 * called, or anything else. It follows SQLite's grammar only as far as needed: for each level of parentheses, whether a
 * list of tables (FROM) is open. A position that may be either is treated as that of a table.
 */

/**
 * - `read`, `written`: a table or view; `read` also a table-valued function.
 * - `function`: a name with arguments.
 * - `literal`: text in single quotation marks that is a value.
 * - `other`: a column, an alias, a type, or a keyword that may be a name.
 */
type NameRole = 'read' | 'written' | 'function' | 'literal' | 'other';

export interface NameUse {
  readonly index: number;
  readonly token: Token;
  readonly role: NameRole;
  /** Schema before the name of a table. */
  readonly qualifier: Token | undefined;
  /** Whether an opening parenthesis follows. */
  readonly isCalled: boolean;
}

/** A level of parentheses. */
interface Level {
  /** Whether another table follows a comma. */
  listsTables: boolean;
  /** Role of the next name, if it is that of a table. */
  expects: 'read' | 'written' | null;
  /** Whether rows of values follow. */
  listsRows: boolean;
  /** Whether text in single quotation marks is a value here. */
  readonly holdsValues: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const ENDS_TABLES = words(
  'select where group having order limit union except intersect values set returning',
);
const BEFORE_VALUES = words(
  'and between case default distinct else escape glob having is like limit match not or regexp returning select then when where',
);
/** Keywords whose parentheses contain values. */
const HOLDING_VALUES = words('cast glob in like raise replace');
const NOT_OPERATORS = words('( ) , . ;');

const newLevel = (part: Partial<Level> = {}): Level => ({
  listsTables: false,
  expects: null,
  listsRows: false,
  holdsValues: false,
  ...part,
});

class NameVisitor {
  readonly #tokens: readonly Token[];
  readonly #visit: (use: NameUse) => void;
  readonly #outer: Level[] = [];
  #level = newLevel();
  /** Whether the first ON names the table of an index or a trigger. */
  #expectsOwner = false;
  /** Whether the arguments of a module follow, whose syntax depends on the module. */
  #isVirtual = false;
  #closings: Int32Array | undefined;
  /** Whether the last name was that of a function. */
  #isCall = false;
  /** Index of the alias of a written table; a list of columns may follow it. */
  #aliasAt = -1;

  constructor(tokens: readonly Token[], visit: (use: NameUse) => void) {
    this.#tokens = tokens;
    this.#visit = visit;
  }

  run(): void {
    const { made } = readHead(this.#tokens);
    if (made) this.#beginWith(made);
    for (let index = made?.nameAt ?? 0; index < this.#tokens.length; index++) {
      const token = this.#tokens[index] as Token;
      if (token.kind === 'punctuation') this.#punctuation(token.text, index);
      else if (isReserved(token)) this.#reserved(token.word, index);
      else if (isNaming(token)) index = this.#name(token, index);
      else this.#level.expects = null;
    }
  }

  #beginWith({ kind }: { kind: string }): void {
    this.#expectsOwner = kind.endsWith('index') || kind.endsWith('trigger');
    this.#isVirtual = kind.includes('virtual');
    this.#level.expects = 'written';
  }

  #word(index: number): string {
    return this.#tokens[index]?.word ?? '';
  }

  #text(index: number): string | undefined {
    return this.#tokens[index]?.text;
  }

  #punctuation(text: string, index: number): void {
    if (text === ',') this.#level.expects = this.#level.listsTables ? 'read' : null;
    else if (text === '(') this.#open(index);
    else if (text === ')') this.#level = this.#outer.pop() ?? newLevel();
    else if (text === ';') {
      this.#outer.length = 0;
      this.#level = newLevel();
    } else if (text !== '.') this.#level.expects = null;
  }

  #open(index: number): void {
    const now = this.#level;
    const [before, word] = [this.#text(index - 1), this.#word(index - 1)];
    const isTables = now.expects === 'read';
    const isRow = word === 'values' || (now.listsRows && before === ',');
    const holdsValues =
      isRow || HOLDING_VALUES.has(word) || this.#isCall || (now.holdsValues && before === '(');
    now.expects = null;
    this.#isCall = false;
    this.#outer.push(now);
    this.#level = newLevel({ listsTables: isTables, expects: isTables ? 'read' : null, holdsValues });
  }

  #reserved(word: string, index: number): void {
    const now = this.#level;
    const before = this.#word(index - 1);
    now.listsRows = word === 'values';
    if (ENDS_TABLES.has(word)) now.listsTables = false;
    if (word === 'or' && before === 'update') return;
    now.expects = null;
    if (word === 'from') this.#from(index, before);
    else if (word === 'join') {
      now.listsTables = true;
      now.expects = 'read';
    } else if (word === 'into' || word === 'references') now.expects = 'written';
    else if (word === 'update' && before !== 'on') now.expects = 'written';
    else if (word === 'in' && this.#text(index + 1) !== '(') now.expects = 'read';
    else if (word === 'on' && this.#expectsOwner && this.#outer.length === 0) {
      this.#expectsOwner = false;
      now.expects = 'written';
    }
  }

  /** `IS [NOT] DISTINCT FROM` is an operator. */
  #from(index: number, before: string): void {
    if (before === 'distinct' && ['is', 'not'].includes(this.#word(index - 2))) return;
    this.#level.listsTables = before !== 'delete';
    this.#level.expects = before === 'delete' ? 'written' : 'read';
  }

  /** Visits the name at the index, with its schema; returns the index of its last token. */
  #name(token: Token, index: number): number {
    const { expects } = this.#level;
    this.#isCall = false;
    if (expects === 'written' && this.#belongsToUpdate(index)) return index;
    if (expects === 'read' && beginsExpressions(this.#tokens, index)) {
      this.#level.listsTables = false;
      this.#level.expects = null;
      return index;
    }
    if (expects !== null) return this.#table(index, expects);
    const isCalled = this.#text(index + 1) === '(';
    this.#isCall = isCalled && this.#isFunction(token, index);
    const role = this.#isCall ? 'function' : this.#isValue(token, index) ? 'literal' : 'other';
    this.#visit({ index, token, role, qualifier: undefined, isCalled });
    return index;
  }

  /** `UPDATE OR IGNORE …` and the `UPDATE OF column` of a trigger. */
  #belongsToUpdate(index: number): boolean {
    if (this.#word(index - 1) === 'or') return true;
    const isOf = this.#word(index - 1) === 'update' && this.#word(index) === 'of';
    if (isOf) this.#level.expects = null;
    return isOf;
  }

  #table(index: number, role: 'read' | 'written'): number {
    const isQualified = this.#text(index + 1) === '.' && isNaming(this.#tokens[index + 2]);
    const at = isQualified ? index + 2 : index;
    const qualifier = isQualified ? this.#tokens[index] : undefined;
    this.#level.expects = null;
    if (role === 'written' && this.#word(at + 1) === 'as') this.#aliasAt = at + 2;
    const isCalled = this.#text(at + 1) === '(';
    this.#visit({ index: at, token: this.#tokens[at] as Token, role, qualifier, isCalled });
    return at;
  }

  #isFunction(token: Token, index: number): boolean {
    if (this.#isVirtual || index === this.#aliasAt || isKeyword(token)) return false;
    if (!mayNameExpression(this.#tokens, index)) return true;
    this.#closings ??= closingsOf(this.#tokens);
    return !namesExpression(this.#tokens, this.#closings[index + 1] as number);
  }

  #isValue({ kind }: Token, index: number): boolean {
    const before = this.#tokens[index - 1];
    if (kind !== 'string' || !before || this.#isVirtual || this.#text(index + 1) === '.') return false;
    if (BEFORE_VALUES.has(before.word)) return true;
    if (before.kind === 'punctuation' && !NOT_OPERATORS.has(before.text)) return true;
    return this.#level.holdsValues && (before.text === '(' || before.text === ',');
  }
}

/** Visits every name of a statement in order. Words that can never be names are skipped. */
export function visitNames(tokens: readonly Token[], visit: (use: NameUse) => void): void {
  new NameVisitor(tokens, visit).run();
}
