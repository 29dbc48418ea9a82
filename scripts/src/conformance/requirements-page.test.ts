import { readFile } from 'node:fs/promises';
import { DATA_DRIVER_REQUIREMENTS } from '@objectstack/conformance';
import { describe, expect, it } from 'vitest';
import { requirementsPage } from './requirements-page.js';

const PAGE = new URL('../../../docs/conformance/data-driver.md', import.meta.url);

describe('requirementsPage', () => {
  it('is what is committed', async () => {
    expect(await readFile(PAGE, 'utf8')).toBe(requirementsPage());
  });

  it('has a row for every requirement', () => {
    const rows = requirementsPage().match(/^\| `data-driver\//gm) ?? [];
    expect(rows).toHaveLength(Object.keys(DATA_DRIVER_REQUIREMENTS).length);
  });
});
