import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NOT_SUPPORTED } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { ROOT } from './testing/run.js';

const read = (document: string) => readFile(join(ROOT, document), 'utf8');

describe('documents', () => {
  it('list every decision in the index', async () => {
    const index = await read('docs/README.md');
    for (const file of await readdir(join(ROOT, 'docs/decisions')))
      expect(index).toContain(`decisions/${file}`);
  });
});

describe('ROADMAP', () => {
  it('list the unsupported features, and what will add support', async () => {
    const rows = [...(await read('ROADMAP.md')).matchAll(/^\| `(\w+)` +\| (.+?) +\| (.+?) +\|$/gm)];
    const listed = rows.map(([, feature, what, until]) => [feature, { what, until }]);
    expect(Object.fromEntries(listed)).toEqual(NOT_SUPPORTED);
  });

  it('have a heading for every phase that an unsupported feature waits for', async () => {
    const roadmap = await read('ROADMAP.md');
    for (const { until } of Object.values(NOT_SUPPORTED)) {
      const [, name = '', phase] = /^(.+) \(ROADMAP phase (\d)\)$/.exec(until) ?? [];
      if (phase)
        expect(roadmap.match(new RegExp(`^## Phase ${phase}.*$`, 'm'))?.[0]).toContain(
          name.replace('the ', ''),
        );
    }
  });
});
