import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markdownFiles, ROOT, readMarkdown } from '../documents/documents.js';

const { links } = readMarkdown('llms.txt', await readFile(join(ROOT, 'llms.txt'), 'utf8'));

describe('llmsText', () => {
  it('links only to existing targets', () => {
    expect(links.filter((link) => !existsSync(join(ROOT, link)))).toEqual([]);
  });

  it('has every document', async () => {
    const documents = await markdownFiles();
    const isListed = (path: string) => links.includes(path) || path === 'docs/README.md';
    const own = documents.filter((path) => /^(docs\/|[A-Z]+\.md$)/.test(path));
    expect(own.filter((path) => !isListed(path))).toEqual([]);
  });
});
