import { describe, expect, it } from 'vitest';
import { brokenLinks } from './broken-links.js';
import { readDocuments, readMarkdown } from './documents.js';

const documents = await readDocuments();
const blocks = documents.flatMap((document) => document.blocks);
/** Languages of code blocks that hide TypeScript from the compiler. */
const UNCHECKED = ['js', 'javascript', 'mjs', 'typescript', 'tsx', 'jsx'];

function isJson(code: string): boolean {
  try {
    JSON.parse(code);
    return true;
  } catch {
    return false;
  }
}

describe('documents', () => {
  it('include every document', () => {
    const paths = documents.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'README.md',
        'docs/README.md',
        'docs/reference/errors.md',
        'docs/reference/data/object.md',
      ]),
    );
    expect(paths.filter((path) => path.includes('node_modules'))).toEqual([]);
  });

  it('link only to existing targets', () => {
    expect(brokenLinks(documents)).toEqual([]);
  });

  it('link from the README to the description of a property in three clicks', () => {
    const linksOf = (path: string) => documents.find((document) => document.path === path)?.links ?? [];
    expect(linksOf('README.md')).toContain('docs/reference/README.md');
    expect(linksOf('docs/reference/README.md')).toContain('system/provisioning.md#tenantprovisioningrequest');
  });

  it('show JSON that parses, and no TypeScript in a language that is not compiled', () => {
    expect(blocks.filter(({ language, code }) => language === 'json' && !isJson(code))).toEqual([]);
    expect(blocks.filter(({ language }) => UNCHECKED.includes(language))).toEqual([]);
  });
});

describe('brokenLinks', () => {
  const at = (path: string, text: string) => readMarkdown(path, text);
  const exists = (path: string) => ['a.md', 'b/c.md'].includes(path);

  it('finds a missing file and a missing anchor, also in tables', () => {
    const text =
      '# A b\n\n| x |\n|---|\n| [1](b/c.md#t) [2](b/c.md#no) [3](#a-b) |\n\n[4](b/d.md) [5](https://x.y)';
    const found = brokenLinks([at('a.md', text), at('b/c.md', '## `T`\n\n[6](../a.md#a-c)')], exists);
    expect(found).toEqual(['a.md: b/c.md#no', 'a.md: b/d.md', 'b/c.md: ../a.md#a-c']);
  });
});
