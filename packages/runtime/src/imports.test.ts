import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const packages = new URL('../../', import.meta.url);

/** Packages that the shipped sources of a package import, without subpaths. */
function importsOf(name: string): Set<string> {
  const folder = new URL(`${name}/src/`, packages);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file),
  );
  const texts = files.map((file) => readFileSync(new URL(file.replaceAll('\\', '/'), folder), 'utf8'));
  const specifiers = texts.flatMap((text) =>
    [...text.matchAll(/from '([^'.][^']*)'/g)].map(([, from = '']) => from),
  );
  return new Set(
    specifiers.map((from) =>
      from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  );
}

const ours = (name: string) => [...importsOf(name)].filter((from) => from.startsWith('@objectstack/'));

describe('imports between packages', () => {
  it.each([
    ['spec', []],
    ['driver-turso', ['@objectstack/spec']],
    ['runtime', ['@objectstack/spec']],
  ])('%s imports only %j of this workspace', (name, allowed) => {
    expect(importsOf(name).size).toBeGreaterThan(0);
    expect(ours(name)).toEqual(allowed);
  });

  it('leaves spec with zod alone', () => {
    expect([...importsOf('spec')]).toEqual(['zod']);
  });
});
