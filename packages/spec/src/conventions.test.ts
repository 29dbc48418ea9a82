import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import manifest from '../package.json' with { type: 'json' };
import {
  declaredNames,
  exportedFiles,
  reachableFolders,
  sourceFiles,
  specifiersOf,
} from '../test/source-files.js';
import { descriptionOf, isSchema, propertiesOf } from '../test/walk-schema.js';
import * as automation from './automation/index.js';
import * as data from './data/index.js';
import * as drivers from './drivers/index.js';
import * as http from './http/index.js';
import * as identity from './identity/index.js';
import * as everything from './index.js';
import * as kernel from './kernel/index.js';
import * as security from './security/index.js';
import * as shared from './shared/index.js';
import * as system from './system/index.js';
import * as ui from './ui/index.js';

const subpaths = { automation, data, drivers, http, identity, kernel, security, shared, system, ui };
const exported: [string, unknown][] = Object.entries(everything);
const schemas = exported.filter((entry): entry is [string, z.ZodType] => isSchema(entry[1]));
const folders = [
  ...new Set(sourceFiles.map(({ path }) => path.split('/')).flatMap(([top = '', rest]) => (rest ? top : []))),
];

const contracts = sourceFiles.filter(({ path }) => path.startsWith('contracts/'));

/** Enums with a name that the protocol prescribes. */
const FIXED_ENUMS = ['TursoTokenScope', 'TenantIsolationLevel'];

/** Replies of external services, with their own property names. */
const FOREIGN_REPLIES = /^\w+ReplySchema$/;

const FILLERS = new Set(['a', 'an', 'its', 'is', 'of', 'that', 'the', 'this']);
const wordsOf = (text: string) =>
  (text.toLowerCase().match(/[a-z]+/g) ?? []).filter((word) => !FILLERS.has(word));

describe('every exported schema', () => {
  it.each(schemas)('%s is named as a schema or an enum and has its type', (name) => {
    const named = /^[A-Z]\w*(Schema|Enum)$/.test(name) || FIXED_ENUMS.includes(name);
    expect(named).toBe(true);
    const type = name.replace(/(Schema|Enum)$/, '');
    const text = sourceFiles.find((file) => declaredNames(file).includes(name))?.text;
    expect(text).toMatch(new RegExp(`^export (type ${type} =|interface ${type} )`, 'm'));
  });

  it.each(schemas)('%s and each of its properties have a description', (name, schema) => {
    expect(descriptionOf(schema)).toMatch(/\.$/);
    const silent = propertiesOf(schema, name).filter(
      (property) => !descriptionOf(property.schema)?.endsWith('.'),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it.each(schemas)('%s has property descriptions that say more than the property name', (name, schema) => {
    const repeating = propertiesOf(schema, name).filter(({ key, schema: property }) => {
      const named = new Set(wordsOf(key.replace(/([A-Z])/g, ' $1')));
      return wordsOf(descriptionOf(property) ?? '').every((word) => named.has(word));
    });
    expect(repeating.map(({ path }) => path)).toEqual([]);
  });

  it.each(schemas.filter(([name]) => !FOREIGN_REPLIES.test(name)))(
    '%s has camelCase keys',
    (name, schema) => {
      const foreign = propertiesOf(schema, name).filter(({ key }) => !/^\$?[a-z][a-zA-Z0-9]*$/.test(key));
      expect(foreign.map(({ path }) => path)).toEqual([]);
    },
  );

  it.each(schemas)('%s can be converted to JSON Schema, with anchored patterns', (_, schema) => {
    const documents = (['input', 'output'] as const).map((io) => z.toJSONSchema(schema, { io }));
    // A pattern under `not` may be unanchored: it must match nowhere in the text.
    const text = JSON.stringify(documents).replace(/"not":\{"pattern":"(?:[^"\\]|\\.)*"\}/g, '');
    const patterns = [...text.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, text = '""']): string =>
      JSON.parse(text),
    );
    expect(patterns.filter((pattern) => !/^\^.*\$$/.test(pattern))).toEqual([]);
  });
});

/** Parts of one exported function, each in a file of its own. */
const PARTS: ReadonlySet<string> = new Set(['system/field-source.ts', 'system/type-source.ts']);

describe('every subpath', () => {
  it('is a folder with a barrel, and is published', () => {
    const published = Object.keys(manifest.exports).map((subpath) => subpath.slice(2));
    expect(published).toEqual(expect.arrayContaining(folders));
    expect(folders).toEqual([...Object.keys(subpaths), 'contracts'].sort());
  });

  it.each(folders)('%s exports every module of its folder', (folder) => {
    const modules = sourceFiles
      .map(({ path }) => path)
      .filter((path) => path.startsWith(`${folder}/`) && !PARTS.has(path));
    const exported = new Set(exportedFiles(`${folder}/index.ts`));
    expect([...exported].filter((path) => path.startsWith(`${folder}/`)).sort()).toEqual(modules);
  });

  it.each(Object.entries(subpaths))('%s is re-exported from the root', (_, exports) => {
    expect(everything).toMatchObject(exports);
  });

  it('has exactly the exports listed in exports.txt', async () => {
    const lines = Object.entries(subpaths).map(
      ([name, exports]) => `${name}: ${Object.keys(exports).sort().join(' ')}`,
    );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../test/exports.txt');
  });

  it('declares each name once', () => {
    const names = sourceFiles.flatMap(declaredNames);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe('every folder', () => {
  const all = [...new Set(sourceFiles.map(({ path }) => posix.dirname(path)))];

  it.each(all)('%s imports from no folder that imports from it', (folder) => {
    expect([...reachableFolders(folder)]).not.toContain(folder);
  });

  it('of contracts reaches the folders below it, but none above', () => {
    expect([...reachableFolders('contracts')]).toEqual(expect.arrayContaining(['data', 'shared', 'system']));
    expect([...reachableFolders('shared')]).toEqual([]);
  });
});

describe('every source file', () => {
  it.each(sourceFiles)('$path imports only zod and files of this package', (file) => {
    const foreign = specifiersOf(file).filter(
      (specifier) => specifier !== 'zod' && !/^\.\.?\/.*\.js$/.test(specifier),
    );
    expect(foreign).toEqual([]);
    expect(file.text).not.toMatch(/\bimport\(|\brequire\(/);
  });

  it.each(sourceFiles)('$path imports no barrel unless it is one', (file) => {
    const barrels = specifiersOf(file).filter((specifier) => specifier.endsWith('/index.js'));
    expect(barrels.length > 0 && file.path !== 'index.ts').toBe(false);
  });

  it.each(sourceFiles)('$path has at most 200 lines', ({ text }) => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  });

  it.each(contracts.filter(({ path }) => !path.endsWith('/index.ts')))(
    '$path has a type test beside it',
    ({ path }) => {
      expect(existsSync(new URL(path.replace(/\.ts$/, '.test-d.ts'), import.meta.url))).toBe(true);
    },
  );

  it.each(contracts)('$path contains types only', ({ text }) => {
    expect(text).not.toMatch(/^(export )?(default |abstract )?(const|let|function|class|enum)\b/m);
    expect(text).not.toMatch(/^(import|export) (?!type\b|interface\b)/m);
  });
});
