import { readdir, readFile } from 'node:fs/promises';
import { DATA_DRIVER_REQUIREMENTS, SCHEMA_DIFF_REQUIREMENTS } from '@objectstack/conformance';
import { describe, expect, it } from 'vitest';
import { conformancePages } from './pages.js';

const FOLDER = new URL('../../../docs/conformance/', import.meta.url);

describe('conformancePages', () => {
  it('equal the committed files', async () => {
    const pages = conformancePages();
    expect((await readdir(FOLDER)).sort()).toEqual([...pages.keys()].sort());
    for (const [name, page] of pages) expect(await readFile(new URL(name, FOLDER), 'utf8')).toBe(page);
  });

  it.each([
    ['data-driver', DATA_DRIVER_REQUIREMENTS],
    ['schema-diff-service', SCHEMA_DIFF_REQUIREMENTS],
  ])('have a row for every requirement of a %s', (subject, requirements) => {
    const page = conformancePages().get(`${subject}.md`) ?? '';
    const rows = page.split('\n').filter((line) => line.startsWith(`| \`${subject}/`));
    expect(rows).toHaveLength(Object.keys(requirements).length);
  });
});
