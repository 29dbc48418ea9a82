import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import GithubSlugger from 'github-slugger';
import MarkdownIt, { type Token } from 'markdown-it';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const LEFT_OUT = new Set(['node_modules', 'dist', 'coverage']);
/** Folder in which examples store databases. */
const DATA = 'data';

export interface CodeBlock {
  readonly document: string;
  /** Line on which its code begins, from 1. */
  readonly line: number;
  readonly language: string;
  /** File that the code is the content of, if the block names one after its language or in a comment in its first line. */
  readonly file?: string;
  readonly code: string;
}

export interface MarkdownDocument {
  /** Path in this repository, with slashes. */
  readonly path: string;
  /** Anchors that links may refer to. */
  readonly anchors: ReadonlySet<string>;
  readonly links: readonly string[];
  readonly blocks: readonly CodeBlock[];
}

const markdown = new MarkdownIt('commonmark');

/** Other blocks of the document can import the file. */
function fileOf(named: string, code: string): { file?: string } {
  const file = named || /^\/\/ ([\w-]+\.ts)\n/.exec(code)?.[1];
  return file === undefined ? {} : { file };
}

function blockOf(document: string, { info, map, content }: Token): CodeBlock {
  const [, language = '', named = ''] = /^(\S*)\s*(.*)$/.exec(info.trim()) ?? [];
  const code = content.replace(/\n$/, '');
  return { document, line: (map?.[0] ?? 0) + 2, language, ...fileOf(named, code), code };
}

/** Paths of all documents under a folder of this repository. */
export async function markdownFiles(folder = ''): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return LEFT_OUT.has(entry.name) || entry.name.startsWith('.') || path === DATA
        ? []
        : markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

/** The links, anchors and code blocks of a document. */
export function readMarkdown(path: string, text: string): MarkdownDocument {
  const blocks = markdown.parse(text, {});
  const all = blocks.flatMap((token) => [token, ...(token.children ?? [])]);
  const slugger = new GithubSlugger();
  const headings = blocks.flatMap((token, index) =>
    token.type === 'inline' && blocks[index - 1]?.type === 'heading_open'
      ? slugger.slug((token.children ?? []).map(({ content }) => content).join(''))
      : [],
  );
  const ids = all.flatMap(({ type, content }) =>
    type.startsWith('html') ? [...content.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id) : [],
  );
  return {
    path,
    anchors: new Set([...headings, ...ids]),
    links: all.flatMap((token) => token.attrGet('href') ?? token.attrGet('src') ?? []),
    blocks: blocks
      .filter(({ type }) => /^(?:fence|code_block)$/.test(type))
      .map((token) => blockOf(path, token)),
  };
}

/** Every Markdown document of this repository, by path. */
export async function readDocuments(): Promise<MarkdownDocument[]> {
  const paths = (await markdownFiles()).sort();
  return Promise.all(paths.map(async (path) => readMarkdown(path, await readFile(join(ROOT, path), 'utf8'))));
}
