import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const FOLDER = new URL('.changeset/', ROOT);
const FORMAT = /^---\n(?<bumps>(?:'[^']+': (?:major|minor|patch)\n)+)---\n\n\S/;

const packages = new Set(
  readdirSync(new URL('packages/', ROOT)).map(
    (name) => JSON.parse(readFileSync(new URL(`packages/${name}/package.json`, ROOT), 'utf8')).name as string,
  ),
);
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.md') && name !== 'README.md');

describe('a changeset', () => {
  it('exists', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.each(files)('%s names packages that are published, and how their versions change', (file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8');
    const bumps = FORMAT.exec(text)?.groups?.bumps;
    expect(bumps, 'front matter, and then a description').toBeDefined();
    const names = bumps?.match(/(?<=')[^']+(?=')/g)?.filter((name) => name.startsWith('@')) ?? [];
    expect(names.filter((name) => !packages.has(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});
