import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareDeclarations } from './compare-declarations.js';
import { declarationsOf, protocolNames } from './declarations-of.js';
import type { NamedSchemas } from './named-schemas.js';

const FOLDER = fileURLToPath(new URL('../../../packages/spec/', import.meta.url)).replace(/\/$/, '');
let declarations: Map<string, string>;
let named: NamedSchemas;

beforeAll(async () => {
  named = await protocolNames();
  declarations = await declarationsOf(
    FOLDER,
    JSON.parse(await readFile(join(FOLDER, 'package.json'), 'utf8')),
  );
}, 300_000);

function changedFile(path: string, from: string, to: string): [string, string][] {
  const text = declarations.get(path) ?? '';
  expect(text).toContain(from);
  return [[path, text.replace(from, to)]];
}

describe('compareDeclarations', { timeout: 300_000 }, () => {
  it('finds the published types equal to the inferred ones', () => {
    expect(named.byType.size).toBeGreaterThan(named.byName.size);
    expect(compareDeclarations(FOLDER, declarations, named)).toEqual([]);
  });

  it('names the types, schemas and properties that differ, also recursive ones', () => {
    const changed = new Map([
      ...declarations,
      ...changedFile('identity/session.zod.d.ts', 'userId: string', 'userId?: string | undefined'),
      ...changedFile('data/query.zod.d.ts', 'subquery?: Query |', 'subquery?: JoinNode |'),
      ...changedFile('kernel/context.zod.d.ts', 'z.ZodOptional<', 'z.ZodNullable<'),
    ]);
    expect(compareDeclarations(FOLDER, changed, named)).toEqual(
      expect.arrayContaining([
        'type AuthSession',
        'input of AuthSessionSchema',
        'output of AuthSessionSchema',
        'type JoinNode',
        'type Query',
        'presence of properties of KernelContextSchema',
        'kinds of KernelContextSchema',
      ]),
    );
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
