import { describe, expect, it } from 'vitest';
import { brokenLinks } from './broken-links.js';
import { compileBlocks } from './compile-blocks.js';
import { readDocuments, readMarkdown } from './documents.js';

const documents = await readDocuments();
const blocks = documents.flatMap((document) => document.blocks);
/** Names under which code of ours would not be compiled. */
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
  it('are all of them', () => {
    const paths = documents.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['README.md', 'docs/README.md', 'docs/reference/errors.md']),
    );
    expect(paths.filter((path) => path.includes('node_modules'))).toEqual([]);
  });

  it('link only to what is there', () => {
    expect(brokenLinks(documents)).toEqual([]);
  });

  it('lead from the README to the meaning of a property in three clicks', () => {
    const linksOf = (path: string) => documents.find((document) => document.path === path)?.links ?? [];
    expect(linksOf('README.md')).toContain('docs/reference/README.md');
    expect(linksOf('docs/reference/README.md')).toContain('system/provisioning.md#tenantprovisioningrequest');
  });

  it('show TypeScript that compiles', { timeout: 120_000 }, () => {
    const shown = blocks.filter(({ language }) => language === 'ts');
    expect(shown.length).toBeGreaterThan(3);
    expect(compileBlocks(shown, 'source')).toEqual([]);
  });

  it('show JSON that parses, and no code of ours under a name that is not compiled', () => {
    expect(blocks.filter(({ language, code }) => language === 'json' && !isJson(code))).toEqual([]);
    expect(blocks.filter(({ language }) => UNCHECKED.includes(language))).toEqual([]);
  });
});

describe('brokenLinks', () => {
  const at = (path: string, text: string) => readMarkdown(path, text);
  const exists = (path: string) => ['a.md', 'b/c.md'].includes(path);

  it('finds a file that is missing and a place that is missing, in tables too', () => {
    const text =
      '# A b\n\n| x |\n|---|\n| [1](b/c.md#t) [2](b/c.md#no) [3](#a-b) |\n\n[4](b/d.md) [5](https://x.y)';
    const found = brokenLinks([at('a.md', text), at('b/c.md', '## `T`\n\n[6](../a.md#a-c)')], exists);
    expect(found).toEqual(['a.md: b/c.md#no', 'a.md: b/d.md', 'b/c.md: ../a.md#a-c']);
  });
});

describe('compileBlocks', () => {
  it('says where and what is wrong', { timeout: 120_000 }, () => {
    const code =
      "import { defineObject } from '@objectstack/spec/data';\n\ndefineObject({ nmae: 'x', fields: {} });";
    const [complaint] = compileBlocks([{ document: 'x.md', line: 10, language: 'ts', code }], 'source');
    expect(complaint).toMatch(/^x\.md:12: .*nmae/);
  });
});
