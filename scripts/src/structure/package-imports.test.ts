import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { packageSources } from '../package-sources.js';

const PACKAGES = new URL('../../../packages/', import.meta.url);

/** Packages of this workspace that the sources of each package may import. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  spec: [],
  expressions: ['spec'],
  conformance: ['spec'],
  'driver-turso': ['expressions', 'spec'],
  runtime: ['expressions', 'spec'],
  'turso-emulator': ['spec'],
  cli: ['driver-turso', 'runtime', 'spec'],
};

/** What the sources of a package import, without relative paths. Code in texts, as in generated sources, does not count. */
function importsOf(name: string): string[] {
  const sources = packageSources().filter((path) => path.startsWith(`${name}/`));
  const imported = sources.flatMap((path) =>
    ts
      .preProcessFile(readFileSync(new URL(path, PACKAGES), 'utf8'))
      .importedFiles.map(({ fileName }) => fileName),
  );
  return [...new Set(imported)].filter((from) => !from.startsWith('.')).sort();
}

const OURS = /^@objectstack\/([\w-]+)/;
const oursOf = (name: string) => [...new Set(importsOf(name).flatMap((from) => OURS.exec(from)?.[1] ?? []))];

describe('imports between packages', () => {
  it.each(Object.entries(ALLOWED))('%s imports only %j', (name, allowed) => {
    expect(oursOf(name).filter((to) => !allowed.includes(to))).toEqual([]);
    if (allowed.length > 0) expect(oursOf(name)).toContain('spec');
  });

  // The namespace of this module reads `process.stdin`, which makes reading the standard input of an application asynchronous.
  it.each(Object.keys(ALLOWED))('%s uses the global process instead of node:process', (name) => {
    expect(importsOf(name).filter((from) => /^(?:node:)?process$/.test(from))).toEqual([]);
  });

  it('leave spec with zod alone', () => {
    expect(importsOf('spec')).toEqual(['zod']);
  });

  it('leave the library of expressions to one package', () => {
    const users = Object.keys(ALLOWED).filter((name) =>
      /"@marcbachmann\/cel-js"/.test(readFileSync(new URL(`${name}/package.json`, PACKAGES), 'utf8')),
    );
    expect(users).toEqual(['expressions']);
  });
});
