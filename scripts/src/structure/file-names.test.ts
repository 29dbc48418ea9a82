import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../../packages/', import.meta.url);

/** Packages whose source files are named after one of their exports. */
const PACKAGES = ['runtime'];

/** Files, by their path under `packages`, that are named after their subject, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'runtime/src/index.ts': 'entry point of the package',
  'runtime/src/registry/deployment-table.ts': 'the statements on one table',
  'runtime/src/registry/step-table.ts': 'the statements on one table',
  'runtime/src/registry/tenant-table.ts': 'the statements on one table',
  'runtime/src/registry/registry-rows.ts': 'conversions between the rows and records of the registry',
  'runtime/src/seed/kept-records.ts': 'storage of one system table',
  'runtime/src/seed/replace-approval.ts': 'approval of what the mode replace removes',
  'runtime/src/seed/replace-preview.ts': 'preview of what the mode replace removes',
  'runtime/src/seed/seed-keys.ts': 'the ids and keys of seed sets and their records',
  'runtime/src/seed/seed-records.ts': 'storage of one system table',
};

const sources = PACKAGES.flatMap((name) =>
  readdirSync(new URL(`${name}/src/`, ROOT), { recursive: true, encoding: 'utf8' })
    .map((path) => `${name}/src/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(path)),
);

const DECLARATION =
  /^export (?:declare |abstract |async )*(?:function\*?|class|const|let|interface|type|enum) (\w+)/gm;
const CLAUSE = /^export (?:type )?\{([^}]*)\}/gm;

function exportsOf(text: string): string[] {
  const declared = [...text.matchAll(DECLARATION)].map(([, name = '']) => name);
  const listed = [...text.matchAll(CLAUSE)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim().split(/\s+/).at(-1) ?? ''),
  );
  return [...declared, ...listed];
}

/** Whether a file such as `read-plan.ts` exports `readPlan`, `ReadPlan` or `READ_PLAN`. */
function isNamedAfterExport(path: string, text: string): boolean {
  const base = path.slice(path.lastIndexOf('/') + 1).replace(/(\.zod)?\.ts$/, '');
  const normalized = (name: string) => name.replaceAll(/[-_]/g, '').toLowerCase();
  return exportsOf(text).some((name) => normalized(name) === normalized(base));
}

describe('source files', () => {
  it('export something of their name, apart from the exceptions', () => {
    const others = sources.filter(
      (path) => !isNamedAfterExport(path, readFileSync(new URL(path, ROOT), 'utf8')),
    );
    expect(others.sort()).toEqual(Object.keys(EXCEPTIONS).sort());
  });
});

describe('isNamedAfterExport', () => {
  it.each([
    ['export function readPlan() {}'],
    ['export async function readPlan() {}'],
    ['export function* readPlan() {}'],
    ['export class ReadPlan {}'],
    ['export const READ_PLAN = [];'],
    ["export { other as readPlan } from './other.js';"],
  ])('accepts %s in read-plan.ts', (text) => {
    expect(isNamedAfterExport('runtime/src/read-plan.ts', text)).toBe(true);
  });

  it.each([['export function readPlans() {}'], ['function readPlan() {}'], ['// export readPlan']])(
    'rejects %s in read-plan.ts',
    (text) => {
      expect(isNamedAfterExport('runtime/src/read-plan.ts', text)).toBe(false);
    },
  );
});
