import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { declarationsOf, protocolNames } from './declarations-of.js';
import { comment, descriptionOf, propertyComment } from './documentation.js';
import { inMemoryHost } from './in-memory-host.js';
import { definitionOf } from './type-writer.js';

const FOLDER = fileURLToPath(new URL('../../../packages/spec/', import.meta.url)).replace(/\/$/, '');
const FILE = join(FOLDER, 'published/user.ts');
const CODE = `
import { type AuthSession, AuthSessionSchema, type Filter, type QueryInput } from './index.js';
export const session: AuthSession = { id: 's', userId: 'u', expiresAt: '2026-01-01T00:00:00.000Z' };
export const parsed = AuthSessionSchema.parse(session).activeOrganizationId;
export const part = AuthSessionSchema.shape.expiresAt;
export const filter: Filter = { $not: {} };
export const query: QueryInput = { where: filter, orderBy: [{ field: 'a', order: 'desc' }] };
`;

let service: ts.LanguageService;

async function languageService(): Promise<ts.LanguageService> {
  const manifest = JSON.parse(await readFile(join(FOLDER, 'package.json'), 'utf8'));
  const declarations = await declarationsOf(FOLDER, manifest);
  const files = new Map([...declarations].map(([path, text]) => [join(FOLDER, 'published', path), text]));
  files.set(FILE, CODE);
  const { options, host } = inMemoryHost(FOLDER, files);
  const { writeFile: _, ...reading } = host;
  return ts.createLanguageService({
    ...reading,
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) => {
      const text = host.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCompilationSettings: () => options,
  });
}

beforeAll(async () => {
  service = await languageService();
}, 300_000);

const textOf = (parts: readonly ts.SymbolDisplayPart[] | undefined) =>
  ts.displayPartsToString([...(parts ?? [])]);

function hover(text: string): string {
  return textOf(service.getQuickInfoAtPosition(FILE, CODE.indexOf(text) + text.length - 1)?.documentation);
}

describe('published declarations', { timeout: 300_000 }, () => {
  it.each([
    ['{ id', 'Unique identifier of the session.'],
    [').activeOrganizationId', 'Identifier of the organization that the user is currently working in.'],
    ['shape.expiresAt', 'Timestamp at which the session expires.'],
    ['{ $not', 'Filter that must not match.'],
    ['order', 'Sort direction: ascending or descending.'],
  ])('show the description of a key under the pointer: %s', (text, description) => {
    const at = text === 'order' ? "'a', order" : text;
    expect(hover(at)).toBe(description);
  });

  it('show the names of types instead of their structure', () => {
    const info = service.getQuickInfoAtPosition(FILE, CODE.indexOf('query:'));
    expect(textOf(info?.displayParts)).toBe('const query: QueryInput');
  });

  it('describe every property like its schema', async () => {
    const program = service.getProgram();
    const checker = program?.getTypeChecker();
    const module = program?.getSourceFile(join(FOLDER, 'published/index.d.ts'));
    const symbol = module && checker?.getSymbolAtLocation(module);
    const { byType } = await protocolNames();
    let count = 0;
    for (const exported of symbol ? (checker?.getExportsOfModule(symbol) ?? []) : []) {
      const def =
        byType.has(exported.name) && definitionOf(byType.get(exported.name)?.named.schema as z.ZodType);
      if (!checker || !def || def.type !== 'object') continue;
      const target = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const type = checker.getDeclaredTypeOfSymbol(target);
      for (const [key, part] of Object.entries(def.shape)) {
        const documented = checker.getPropertyOfType(type, key)?.getDocumentationComment(checker);
        expect(`${exported.name}.${key}: ${textOf(documented)}`).toBe(
          `${exported.name}.${key}: ${descriptionOf(part) ?? ''}`,
        );
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(1000);
  });
});

describe('propertyComment', () => {
  it('contains the description and the default of a property', () => {
    expect(propertyComment(z.enum(['asc', 'desc']).default('asc').describe('Direction.'))).toBe(
      '/**\n * Direction.\n * @defaultValue `"asc"`\n */\n',
    );
  });

  it('uses the description of the wrapped schema', () => {
    expect(propertyComment(z.string().describe('A name.').optional())).toBe('/** A name. */\n');
  });
});

describe('comment', () => {
  it('escapes the end of a comment', () => {
    expect(comment(['All of src/*/ and more.'])).toBe('/** All of src/*\\/ and more. */\n');
  });

  it('is empty for nothing', () => {
    expect(comment([undefined])).toBe('');
  });
});
