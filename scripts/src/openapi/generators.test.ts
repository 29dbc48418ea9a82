import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { IS_EXHAUSTIVE } from '@objectstack/testing';
import openapiTypescript, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalog } from '../catalog/catalog.js';
import { openapiDocument } from './openapi-document.js';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'generators-'));
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(openapiDocument(await readCatalog())));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Each generator with its default options, and the names of its types. */
const GENERATORS = {
  'openapi-typescript': {
    isRun: true,
    /** The file of the types. */
    async generate() {
      const file = join(folder, 'openapi-typescript.ts');
      const document = JSON.parse(await readFile(join(folder, 'openapi.json'), 'utf8'));
      await writeFile(file, astToString(await openapiTypescript(document)));
      return file;
    },
    typeOf: (name: string) => `components['schemas']['${name}']`,
    names: () => 'components',
  },
  '@hey-api/openapi-ts': {
    isRun: IS_EXHAUSTIVE,
    async generate() {
      await createClient({
        input: join(folder, 'openapi.json'),
        output: join(folder, 'hey-api'),
        plugins: ['@hey-api/typescript'],
        logs: { level: 'silent' },
      });
      return join(folder, 'hey-api', 'types.gen.ts');
    },
    typeOf: (name: string) => name,
    names: (types: readonly string[]) => types.join(', '),
  },
} as const;

const TYPES = ['TenantProvisioningRequest', 'TenantProvisioningResultOutput', 'Query'] as const;

/** Requests, and whether they compile. */
const REQUESTS = [
  ['TenantProvisioningRequest', "{ orgId: 'acme' }", true],
  ['TenantProvisioningRequest', "{ orgId: 'acme', region: 'eu-west' }", true],
  ['TenantProvisioningRequest', "{ orgId: 'acme', region: 'mars' }", false],
  ['TenantProvisioningRequest', '{}', false],
  ['Query', "{ object: 'ticket' }", true],
  ['Query', "{ object: 'ticket', limit: 'ten' }", false],
] as const;

/** The lines of a file that do not compile. */
function wrongLines(file: string): number[] {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
    // Files of the compiler itself.
    skipDefaultLibCheck: true,
    allowImportingTsExtensions: true,
  });
  return ts.getPreEmitDiagnostics(program).map((found) => {
    if (found.file?.fileName !== file || found.start === undefined)
      throw new Error(ts.flattenDiagnosticMessageText(found.messageText, '\n'));
    return found.file.getLineAndCharacterOfPosition(found.start).line + 1;
  });
}

/** One generator, or all of them if tests are exhaustive. */
const chosen = Object.entries(GENERATORS).filter(([, { isRun }]) => isRun);

describe.each(chosen)('%s', { timeout: 120_000 }, (name, generator) => {
  it('makes types of the document with its default options', async () => {
    const file = await generator.generate();
    const lines = REQUESTS.map(
      ([type, value], index) => `export const request${index}: ${generator.typeOf(type)} = ${value};`,
    );
    const program = join(folder, `${name.replace(/\W/g, '-')}-user.ts`);
    const imported = `import type { ${generator.names(TYPES)} } from '${file}';`;
    const result = `export const idOf = (result: ${generator.typeOf(TYPES[1])}): string => result.tenantId;`;
    await writeFile(program, [...lines, imported, result].join('\n'));
    const expected = REQUESTS.flatMap(([, , compiles], index) => (compiles ? [] : [index + 1]));
    expect(wrongLines(program)).toEqual(expected);
  });
});
