import { readFile } from 'node:fs/promises';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';

const FOLDER = new URL('../../../packages/spec/json-schema/', import.meta.url);

/** The language service that validates and completes JSON in Visual Studio Code. */
export const jsonEditor = getLanguageService({
  schemaRequestService: (uri) => readFile(new URL(uri), 'utf8'),
  workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
});

export function openInEditor(content: string) {
  const document = TextDocument.create(new URL('bundle.json', FOLDER).href, 'json', 1, content);
  return { document, parsed: jsonEditor.parseJSONDocument(document) };
}

/** Findings, each with the underlined text. */
export async function findingsInEditor(content: string): Promise<{ underlined: string; message: string }[]> {
  const { document, parsed } = openInEditor(content);
  const found = await jsonEditor.doValidation(document, parsed);
  return found.map(({ message, range }) => ({
    underlined: document.getText(range),
    message: typeof message === 'string' ? message : message.value,
  }));
}
