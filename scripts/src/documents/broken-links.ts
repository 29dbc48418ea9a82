import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type MarkdownDocument, ROOT } from './documents.js';

const isElsewhere = (link: string) => /^[a-z][a-z+.-]*:/i.test(link);

/** Links of the documents to missing files or anchors. */
export function brokenLinks(
  documents: readonly MarkdownDocument[],
  exists = (path: string) => existsSync(join(ROOT, path)),
): string[] {
  const anchors = new Map(documents.map((document) => [document.path, document.anchors]));
  const isBroken = (from: string, link: string) => {
    const [path = '', anchor] = decodeURI(link).split('#');
    const target = path === '' ? from : posix.join(posix.dirname(from), path);
    if (!exists(target)) return true;
    return anchor !== undefined && anchors.has(target) && !anchors.get(target)?.has(anchor);
  };
  return documents.flatMap(({ path, links }) =>
    links.filter((link) => !isElsewhere(link) && isBroken(path, link)).map((link) => `${path}: ${link}`),
  );
}
