import { ObjectStackError } from '@objectstack/spec/shared';
import {
  ARGUMENT_PRAGMAS,
  isSafeTableFunction,
  isUnsafeTable,
  MAINTENANCE_PRAGMAS,
  READING_PRAGMAS,
  REFUSED_STATEMENTS,
  SAFE_FUNCTIONS,
  SAFE_KINDS,
  SAFE_MODULES,
  SCHEMA_TABLES,
  TYPE_NAMES,
} from './sql-allow-list.js';
import type { CreatedItem, StatementHead } from './statement-head.js';
import { foldCase, type Token, unquoted } from './tokenize.js';
import { type NameUse, visitNames } from './visit-names.js';

const MAX_NAME_LENGTH = 128;

export function refuseName(name: string, reason: string): never {
  const shown = name.slice(0, MAX_NAME_LENGTH);
  throw new ObjectStackError({
    code: 'not_allowed',
    message: `SQL must not use ${shown}: ${reason}.`,
    details: { name: shown, reason },
  });
}

const nameOf = (token: Token | undefined): string => (token ? foldCase(unquoted(token)) : '');

function assertMain(qualifier: Token | undefined, name: string): void {
  if (qualifier === undefined || nameOf(qualifier) === 'main') return;
  refuseName(`${nameOf(qualifier)}.${name}`, 'only the schema main is open');
}

function assertSafeRead({ token, qualifier, isCalled }: NameUse): void {
  const name = nameOf(token);
  if (isUnsafeTable(name)) refuseName(name, 'the table reaches beyond the database');
  // With the schema temp, no table of the tenant can shadow the table-valued function.
  if (nameOf(qualifier) === 'temp' && isSafeTableFunction(name)) return;
  assertMain(qualifier, name);
  if (isCalled && !isSafeTableFunction(name))
    refuseName(name, 'the table-valued function is not on the list of safe ones');
}

function assertSafeWrite({ token, qualifier }: NameUse): void {
  const name = nameOf(token);
  if (SCHEMA_TABLES.has(name) || isUnsafeTable(name)) refuseName(name, 'the table cannot be written');
  assertMain(qualifier, name);
}

function assertSafeFunction({ token }: NameUse): void {
  const name = nameOf(token);
  if (SAFE_FUNCTIONS.has(name) || TYPE_NAMES.has(name)) return;
  refuseName(name, 'the function is not on the list of safe ones');
}

function assertSafeUse(use: NameUse): void {
  if (use.role === 'function') assertSafeFunction(use);
  else if (use.role === 'read') assertSafeRead(use);
  else if (use.role === 'written') assertSafeWrite(use);
}

/** Checks `PRAGMA name` and `PRAGMA name(argument)`, with or without the schema main. */
function assertSafePragma(tokens: readonly Token[], at: number): void {
  const isQualified = tokens[at + 1]?.text === '.';
  const nameAt = isQualified ? at + 2 : at;
  const name = nameOf(tokens[nameAt]);
  if (isQualified) assertMain(tokens[at], name);
  const next = tokens[nameAt + 1]?.text;
  if (ARGUMENT_PRAGMAS.has(name)) {
    if (next === '=') refuseName(name, 'a PRAGMA must not be given a value');
  } else if (!READING_PRAGMAS.has(name) && !MAINTENANCE_PRAGMAS.has(name)) {
    refuseName(name, 'the PRAGMA is not on the list of safe ones');
  } else if (next !== undefined && next !== ';') {
    refuseName(name, 'a PRAGMA must not be given a value');
  }
}

/** Checks the module and its arguments, which may contain table names in any form. */
function assertSafeModule(tokens: readonly Token[], { nameAt }: CreatedItem): void {
  const module = nameOf(tokens[nameAt + 2]);
  if (tokens[nameAt + 1]?.word !== 'using' || !SAFE_MODULES.has(module))
    refuseName(module, 'the module is not on the list of safe ones');
  for (const { text } of tokens.slice(nameAt + 3)) {
    for (const [word] of foldCase(text).matchAll(/\w+/g)) {
      if (isUnsafeTable(word)) refuseName(word, 'the table reaches beyond the database');
    }
  }
}

function assertSafeCreate(tokens: readonly Token[], { made, verbAt }: StatementHead): void {
  if (!made || !SAFE_KINDS.has(made.kind))
    refuseName(
      ['create', made?.kind ?? tokens[verbAt + 1]?.word].join(' ').toUpperCase(),
      'such things cannot be made',
    );
  assertMain(made.qualifier, nameOf(tokens[made.nameAt]));
  if (made.kind === 'virtual table') assertSafeModule(tokens, made);
}

/** Throws `not_allowed`, with the name, if a statement uses a feature that can access more than the database. */
export function assertSafeSql(tokens: readonly Token[], head: StatementHead): void {
  const { verb, verbAt } = head;
  if (REFUSED_STATEMENTS.has(verb)) {
    refuseName(verb.toUpperCase(), 'the statement acts on the connection or on another file');
  }
  if (verb === 'pragma') assertSafePragma(tokens, verbAt + 1);
  if (verb === 'create') assertSafeCreate(tokens, head);
  if (verb !== 'pragma') visitNames(tokens, assertSafeUse);
}
