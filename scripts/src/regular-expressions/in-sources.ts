import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { packageSources } from '../package-sources.js';

const PACKAGES = new URL('../../../packages/', import.meta.url);

export interface FoundExpression {
  /** Position in the sources. */
  readonly where: string;
  readonly expression: RegExp;
}

function literalsOf(path: string, text: string): FoundExpression[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const found: FoundExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      const expression = new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
      found.push({ where: `${path}:${line + 1}`, expression });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Every regular expression in the published sources of the packages. */
export async function expressionsInSources(): Promise<FoundExpression[]> {
  const found = await Promise.all(
    packageSources().map(async (path) => literalsOf(path, await readFile(new URL(path, PACKAGES), 'utf8'))),
  );
  return found.flat();
}
