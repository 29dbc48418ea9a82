import { readdirSync } from 'node:fs';
import { sampleOf } from '@objectstack/testing';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { mutable, withMutant } from '../mutation/dispatch.js';
import { MUTANTS } from '../mutation/mutants.js';

const SOURCES = new URL('../../src/', import.meta.url);
const FILES = ['migration/', 'schema/'].flatMap((folder) =>
  readdirSync(new URL(folder, SOURCES), { recursive: true, encoding: 'utf8' }).map(
    (file) => `../../src/${folder}${file.replaceAll('\\', '/')}`,
  ),
);

/** Path of a module of the migration or schema folder; mutants name it without its folder, and a package by its name. */
function pathOf(module: string): string {
  if (module.startsWith('@')) return module;
  const [path, ...others] = FILES.filter((file) => file.endsWith(`/${module}.ts`));
  if (!path || others.length > 0) throw new Error(`There must be one file ${module}.ts.`);
  return path.replace(/\.ts$/, '.js');
}

const MODULES = new Set(MUTANTS.map((mutant) => mutant.module));

// Other test files of the same worker have loaded these modules, and will use them without mutants.
vi.resetModules();
/** Keeps diffs and plans, which a mutant would not derive again. */
const KNOWN_DIFF = pathOf('known-diff');
afterAll(() => {
  for (const path of [KNOWN_DIFF, ...[...MODULES].map(pathOf)]) vi.doUnmock(path);
  vi.resetModules();
});

for (const module of MODULES) {
  const targets = new Set(MUTANTS.flatMap((mutant) => (mutant.module === module ? [mutant.target] : [])));
  vi.doMock(pathOf(module), async (load) => mutable(module, await load(), targets));
}
vi.doMock(KNOWN_DIFF, () => ({ knownDiff: () => undefined, rememberDiff: () => undefined }));
/** Imported after mocking, so that all modules contain their mutants. */
const { SCENARIOS } = await import('../mutation/scenarios.js');

const run = (name: string) => {
  const scenario = SCENARIOS[name];
  if (!scenario) throw new Error(`There is no scenario ${name}.`);
  return scenario();
};

describe('without a mutant', () => {
  it.each(Object.keys(SCENARIOS))('passes: %s', async (name) => {
    await expect(run(name)).resolves.toBeUndefined();
  });
});

describe('a mutant', () => {
  it.each(sampleOf(MUTANTS, 4))('$what: is detected by $caughtBy', async (mutant) => {
    const { error, uses } = await withMutant(mutant, () => run(mutant.caughtBy));
    expect(uses).toBeGreaterThan(0);
    expect(error).not.toBeNull();
    expect(String(error)).not.toMatch(/^(Type|Reference|Range)Error/);
  });
});
