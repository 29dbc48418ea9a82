import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import GithubSlugger from 'github-slugger';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString as textOf } from 'mdast-util-to-string';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const LEFT_OUT = new Set(['node_modules', 'dist', 'coverage', 'data']);

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

/** Other blocks of the document can import the file. */
function fileOf({ meta, value }: { meta?: string | null | undefined; value: string }): { file?: string } {
  const file = meta ?? /^\/\/ ([\w-]+\.ts)\n/.exec(value)?.[1];
  return file === undefined ? {} : { file };
}

/** Paths of all documents under a folder of this repository. */
export async function markdownFiles(folder = ''): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return LEFT_OUT.has(entry.name) || entry.name.startsWith('.') ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

function nodesIn(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(nodesIn) : [])];
}

/** The links, anchors and code blocks of a document. */
export function readMarkdown(path: string, text: string): MarkdownDocument {
  const nodes = nodesIn(fromMarkdown(text));
  const slugger = new GithubSlugger();
  const headings = nodes.flatMap((node) => (node.type === 'heading' ? slugger.slug(textOf(node)) : []));
  const ids = nodes.flatMap((node) =>
    node.type === 'html' ? [...node.value.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id) : [],
  );
  return {
    path,
    anchors: new Set([...headings, ...ids]),
    links: nodes.flatMap((node) => ('url' in node ? node.url : [])),
    blocks: nodes.flatMap((node) =>
      node.type === 'code'
        ? {
            document: path,
            line: (node.position?.start.line ?? 0) + 1,
            language: node.lang ?? '',
            ...fileOf(node),
            code: node.value,
          }
        : [],
    ),
  };
}

/** Every Markdown document of this repository, by path. */
export async function readDocuments(): Promise<MarkdownDocument[]> {
  const paths = (await markdownFiles()).sort();
  return Promise.all(paths.map(async (path) => readMarkdown(path, await readFile(join(ROOT, path), 'utf8'))));
}
