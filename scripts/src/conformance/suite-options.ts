import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { code, table } from '../reference/markdown.js';

const SOURCES = new URL('../../../packages/conformance/src/', import.meta.url);

const textOf = (member: ts.TypeElement) => {
  const [doc] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  return (ts.getTextOfJSDocComment(doc?.comment) ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|');
};

/** Members of an interface of the suites, with their types and their documentation. Throws if one has none. */
function membersTable(path: string, name: string): string {
  const text = readFileSync(fileURLToPath(new URL(path, SOURCES)), 'utf8');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const declared = file.statements.filter(ts.isInterfaceDeclaration).find((one) => one.name.text === name);
  if (!declared) throw new Error(`${path} declares no ${name}.`);
  const rows = declared.members.map((member) => {
    const [, signature = ''] = /^(?:readonly )?(.*?);?$/s.exec(member.getText()) ?? [];
    const [description, isOptional] = [textOf(member), member.questionToken !== undefined];
    if (description === '') throw new Error(`${name}.${signature} is not documented.`);
    return [code(signature.replace(/\s+/g, ' ')), isOptional ? '' : 'yes', description];
  });
  return table(['member', 'required', 'meaning'], rows);
}

interface Place {
  /** File under the sources of the suites. */
  readonly file: string;
  /** Interfaces that it declares: the options of a suite, and what `create` returns. */
  readonly interfaces: readonly string[];
}

/** The section with the options of a suite. */
export function suiteOptions(places: readonly Place[]): string {
  const tables = places.flatMap(({ file, interfaces }) =>
    interfaces.map((name) => `${code(name)}:\n\n${membersTable(file, name)}`),
  );
  return ['## Options', ...tables].join('\n\n');
}
