import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSampled } from '@objectstack/testing';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { compareDeclarations } from './compare-declarations.js';
import { declarationsOf, protocolNames } from './declarations-of.js';
import { descriptionOf } from './documentation.js';
import { inMemoryHost } from './in-memory-host.js';
import type { NamedSchemas } from './named-schemas.js';
import { definitionOf } from './type-writer.js';

const FOLDER = fileURLToPath(new URL('../../../packages/spec/', import.meta.url)).replace(/\/$/, '');
const FILE = join(FOLDER, 'published/user.ts');
const CODE = `
import { type AuthSession, AuthSessionSchema, defineBundle, defineObject, type Filter, type QueryInput } from './index.js';
export const session: AuthSession = { id: 's', userId: 'u', expiresAt: '2026-01-01T00:00:00.000Z' };
export const parsed = AuthSessionSchema.parse(session).activeOrganizationId;
export const part = AuthSessionSchema.shape.expiresAt;
export const filter: Filter = { $not: {} };
export const query: QueryInput = { where: filter, orderBy: [{ field: 'a', order: 'desc' }] };
export const note = defineObject({
  name: 'note',
  label: 'Note',
  fields: {
    state: { type: 'select', required: true, maxRating: 5, options: [{ value: 'a', color: 'red' }] },
    book: { type: 'lookup', reference: 'book', deleteBehavior: 'cascade' },
    total: { type: 'summary', summaryOperations: { object: 'note', field: 'state', function: 'count' } },
  },
  indexes: [{ fields: ['state'], unique: true }],
  validations: [{ type: 'unique', name: 'one', message: 'Taken.', fields: ['state'] }],
  displayNameField: 'state',
});
export const bundle = defineBundle({
  manifest: { version: '1.0.0', description: 'Notes' },
  objects: [{ name: 'other', pluralLabel: 'Others', fields: { day: { type: 'date', index: true } } }],
  views: [{ name: 'all', object: 'other', list: { columns: ['day'], striped: true } }],
  seedData: [{ object: 'other', mode: 'insert', records: [] }],
});
export const completed = defineObject({ name: 'a', fields: { b: { type: 'text', /*field*/ } }, /*object*/ });
export const stored = defineObject({
  name: 'a',
  fields: {
    b: { type: 'text', dataQuality: { /*dataQuality*/ } },
    c: { type: 'text', encryptionConfig: { algorithm: '/*algorithm*/' } },
  },
  tenancy: { /*tenancy*/ },
  sharingModel: '/*sharingModel*/',
  actions: [{ /*action*/ }, { name: 'close', type: '/*actionType*/', params: [{ field: 'b', /*param*/ }] }],
  stateMachines: { life: { initial: 'open', states: { open: { /*state*/ } } } },
});
export const listed = defineBundle({
  manifest: { version: '1.0.0' },
  objects: [{ name: 'a', fields: {}, actions: [{ label: 'Close', /*bundleAction*/ }] }],
  views: [{ name: 'all', object: 'a', list: { type: '/*listType*/', columns: [{ field: 'id', /*column*/ }] } }],
  flows: [{ name: 'f', label: 'F', type: 'api', nodes: [{ id: 'n', /*node*/ }], edges: [{ /*edge*/ }] }],
  permissions: [{ name: 'user', objects: { a: { allowRead: true, /*grant*/ } } }],
});
interface Foreign { size: number }
declare const foreign: Foreign;
declare const anything: unknown;
export const otherShapes = defineBundle({
  manifest: { version: '1.0.0' },
  objects: [{
    name: 'a',
    fields: { b: { type: 'text', dataQuality: 'strict', encryptionConfig: [1, { deep: [anything] }] } },
    tenancy: foreign,
    sharingModel: { read: 'all' },
    actions: { close: { label: 5, params: 'none' } },
  }],
  views: [{ name: 'all', object: 'a', list: [foreign], form: null }],
  flows: [{ name: 'f', nodes: { first: { kind: 'start' } }, edges: 'none' }],
  permissions: [{ name: 'user', objects: { a: 'read' } }],
});
`;

/** Written once for all of these tests, which takes seconds. */
let declarations: Map<string, string>;
let named: NamedSchemas;
let service: ts.LanguageService;

beforeAll(async () => {
  named = await protocolNames();
  declarations = await declarationsOf(
    FOLDER,
    JSON.parse(await readFile(join(FOLDER, 'package.json'), 'utf8')),
  );
});

function changedFile(path: string, from: string, to: string): [string, string][] {
  const text = declarations.get(path) ?? '';
  expect(text).toContain(from);
  return [[path, text.replace(from, to)]];
}

/** Comparing all of them would take several times as long. */
const only = (isCompared: (name: string, index: number) => boolean): NamedSchemas => ({
  ...named,
  byName: new Map([...named.byName].filter(([name], index) => isCompared(name, index))),
  byType: new Map([...named.byType].filter(([name], index) => isCompared(name, index))),
});

describe('compareDeclarations', { timeout: 300_000 }, () => {
  // Of one program: compiling the sources takes longest. `pnpm run packages` compares all of them.
  it('names exactly the types, schemas and properties that differ, also recursive ones', () => {
    expect(named.byType.size).toBeGreaterThan(named.byName.size);
    const changed = new Map([
      ...declarations,
      ...changedFile('identity/session.zod.d.ts', 'userId: string', 'userId?: string | undefined'),
      ...changedFile('data/query.zod.d.ts', 'subquery?: Query |', 'subquery?: JoinNode |'),
      ...changedFile('kernel/context.zod.d.ts', 'z.ZodOptional<', 'z.ZodNullable<'),
    ]);
    const isChanged = (name: string) => /^(AuthSession|Query|JoinNode|KernelContext)/.test(name);
    const compared = only((name, index) => isChanged(name) || isSampled(index, 25));
    const { differing, invalid } = compareDeclarations(FOLDER, changed, compared);
    expect(differing().sort()).toEqual([
      'input of AuthSessionSchema',
      'inputs of properties of KernelContextSchema',
      'kinds of KernelContextSchema',
      'output of AuthSessionSchema',
      'output of JoinNodeSchema',
      'output of QuerySchema',
      'outputs of properties of JoinNodeSchema',
      'outputs of properties of KernelContextSchema',
      'outputs of properties of QuerySchema',
      'presence of properties of KernelContextSchema',
      'type AuthSession',
      'type JoinNode',
      'type Query',
    ]);
    expect(invalid()).toEqual([]);
  });
});

describe('declarationsOf', () => {
  it('writes every type of the protocol explicitly', () => {
    const inferred = [...declarations].filter(([, text]) =>
      /z\.(?:infer|input|output)<typeof \w+Schema>/.test(text),
    );
    expect(inferred.map(([path]) => path)).toEqual(['data/filter.zod.d.ts']);
  });
});

function languageService(): ts.LanguageService {
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

const textOf = (parts: readonly ts.SymbolDisplayPart[] | undefined) =>
  ts.displayPartsToString([...(parts ?? [])]);

function hover(text: string): string {
  return textOf(service.getQuickInfoAtPosition(FILE, CODE.indexOf(text) + text.length - 1)?.documentation);
}

describe('published declarations', { timeout: 300_000 }, () => {
  beforeAll(() => {
    service = languageService();
  });

  it.each([
    ['{ id', 'Unique identifier of the session.'],
    [
      ').activeOrganizationId',
      'Identifier of the organization in which the user is currently working. Only its tenants can be accessed. Omit it if the user has selected none; resolving a tenant is then rejected with `organization_required`.',
    ],
    [
      'shape.expiresAt',
      'Timestamp at which the session expires. From then on, resolving a tenant is rejected with `session_expired`.',
    ],
    ['{ $not', 'Filter that must not match.'],
    [
      'order',
      'Sort direction: ascending or descending. Missing values come first in ascending and last in descending order.',
    ],
  ])('show the description of a key under the pointer: %s', (text, description) => {
    const at = text === 'order' ? "'a', order" : text;
    expect(hover(at)).toBe(description);
  });

  it.each([
    ['defineObject({\n  name', 'Name of the object and of its table'],
    ["name: 'note',\n  label", 'Singular display name of the object.'],
    ["'Note',\n  fields", 'Fields of the object, by field name.'],
    ['state: { type', 'Data type of a field.'],
    ["'select', required", 'Whether a value is required'],
    ['maxRating', 'Highest rating that user interfaces offer, for example 5.'],
    ['options', 'List of the permitted values of a select'],
    ['[{ value', 'Value stored in a record if the option is selected.'],
    ['color', 'Color of the option in user interfaces'],
    ['reference', 'Name of the object that a lookup'],
    ['deleteBehavior', 'Action on a record when the record that its lookup refers to is deleted.'],
    ['summaryOperations', 'Aggregation of child records for a summary field.'],
    ['indexes', "List of indexes on the object's fields, in addition to"],
    ["['state'], unique", 'Whether the combination of values must be unique.'],
    ['validations', "List of validation rules for the object's records."],
    ['displayNameField', 'Name of the field that identifies a record to users'],
    ['defineBundle({\n  manifest', 'Manifest: name, version and contents of a bundle.'],
    ['manifest: { version', 'Version of the application'],
    ['description', "Description of the application's purpose."],
    ['pluralLabel', 'Plural display name of the object.'],
    ['day: { type', 'Data type of a field.'],
    ["'date', index", 'Whether the database has an index on the field'],
    ['views: [{ name', 'Name of the view'],
    ['list', 'Main list of the view.'],
    ['seedData', 'List of seed datasets: records that a deployment writes, in this order.'],
    ['mode', 'How seed records are written.'],
  ])('show the description of a key of defineObject and defineBundle: %s', (text, description) => {
    expect(hover(text)).toContain(description);
  });

  it.each([
    ['/*field*/', ['required', 'reference', 'maxLength', 'label']],
    ['/*object*/', ['indexes', 'label', 'displayNameField']],
  ])('offer the keys of a definition at %s', (place, keys) => {
    const found = service.getCompletionsAtPosition(FILE, CODE.indexOf(place), {});
    expect(found?.entries.map(({ name }) => name)).toEqual(expect.arrayContaining(keys));
  });

  it.each([
    ['/*dataQuality*/', ['uniqueness', 'completeness']],
    ['/*algorithm*/', ['aes-256-gcm']],
    ['/*tenancy*/', ['strategy', 'tenantField']],
    ['/*sharingModel*/', ['private', 'public_read']],
    ['/*action*/', ['name', 'label', 'target']],
    ['/*actionType*/', ['url', 'flow']],
    ['/*param*/', ['options', 'required']],
    ['/*state*/', ['on', 'entry']],
    ['/*bundleAction*/', ['target', 'params']],
    ['/*listType*/', ['grid', 'kanban']],
    ['/*column*/', ['align', 'width']],
    ['/*node*/', ['type', 'label']],
    ['/*edge*/', ['source', 'target']],
    ['/*grant*/', ['allowEdit', 'allowDelete']],
  ])('offer what is known of a stored-only value at %s, and nothing else', (place, keys) => {
    const found = service.getCompletionsAtPosition(FILE, CODE.indexOf(place), {});
    const names = found?.entries.map(({ name }) => name) ?? [];
    expect(names).toEqual(expect.arrayContaining(keys));
    expect(names.filter((name) => ['charAt', 'AuthSession', 'toFixed', 'length'].includes(name))).toEqual([]);
  });

  it.each([
    ['nodes: [{ id', 'Identifier of the node'],
    ['{ allowRead', 'may read records'],
    ["{ name: 'close', type", 'Kind of action.'],
    ['actions: [{ label', 'Display name of the action.'],
    ['params: [{ field', 'from which the parameter takes its label and type'],
    ['stateMachines: { life: { initial', 'initial state of a new record'],
    ['encryptionConfig: { algorithm', 'Encryption algorithm.'],
    ['list: { type', 'Layout of the list.'],
    ['columns: [{ field', 'field shown in the column'],
    ['striped', 'alternate rows are shaded'],
  ])('show the description of a key inside a stored-only value: %s', (text, description) => {
    expect(hover(text)).toContain(description);
  });

  it('compile', () => {
    expect(service.getSemanticDiagnostics(FILE).map(({ messageText }) => messageText)).toEqual([]);
  });

  it('show the names of types instead of their structure', () => {
    const info = service.getQuickInfoAtPosition(FILE, CODE.indexOf('query:'));
    expect(textOf(info?.displayParts)).toBe('const query: QueryInput');
  });

  it('describe every property like its schema', () => {
    const program = service.getProgram();
    const checker = program?.getTypeChecker();
    const module = program?.getSourceFile(join(FOLDER, 'published/index.d.ts'));
    const symbol = module && checker?.getSymbolAtLocation(module);
    let count = 0;
    for (const exported of symbol ? (checker?.getExportsOfModule(symbol) ?? []) : []) {
      const def =
        named.byType.has(exported.name) &&
        definitionOf(named.byType.get(exported.name)?.named.schema as z.ZodType);
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
