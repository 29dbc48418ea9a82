import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageSources } from '../package-sources.js';

const ROOT = new URL('../../../', import.meta.url);
const sources = packageSources();

/** Files and directories that ARCHITECTURE names in code style. */
const named = [
  ...new Set(
    [...readFileSync(new URL('ARCHITECTURE.md', ROOT), 'utf8').matchAll(/`([\w./-]+\.ts)`/g)].map(
      ([, path = '']) => path.replace(/^(\.\.\/)+/, '').replace(/^packages\//, ''),
    ),
  ),
];

describe('ARCHITECTURE', () => {
  it.each(named)('names %s, which exists', (path) => {
    const isSource = sources.some((source) => source === path || source.endsWith(`/${path}`));
    expect(isSource || existsSync(new URL(path, ROOT))).toBe(true);
  });

  it('names the files along the data flow', () => {
    expect(named.length).toBeGreaterThan(20);
  });
});
