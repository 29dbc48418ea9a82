import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';

const FILE = new URL('../../../examples/helpdesk/bundle.json', import.meta.url);

/**
 * The language service that validates and completes JSON in Visual Studio Code; it can read files, but has no network
 * access.
 */
const service = getLanguageService({
  schemaRequestService: (uri) => readFile(new URL(uri), 'utf8'),
  workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
});
const text = await readFile(FILE, 'utf8');

function open(content: string) {
  const document = TextDocument.create(FILE.href, 'json', 1, content);
  return { document, parsed: service.parseJSONDocument(document) };
}

/** The completions at the position of `|`. */
async function offered(content: string): Promise<string[]> {
  const { document, parsed } = open(content.replace('|', ''));
  const list = await service.doComplete(document, document.positionAt(content.indexOf('|')), parsed);
  return (list?.items ?? []).map(({ label }) => label);
}

async function problems(content: string): Promise<string[]> {
  const { document, parsed } = open(content);
  return (await service.doValidation(document, parsed)).map(({ message }) => String(message));
}

describe('an editor', () => {
  it('reports no problems in the example', async () => {
    expect(await problems(text)).toEqual([]);
  });

  it('offers the keys of a bundle', async () => {
    const offer = await offered(text.replace('"protocolVersion": "1"', '"|"'));
    expect(offer).toEqual(expect.arrayContaining(['protocolVersion', 'flows', 'permissions']));
  });

  it('offers the keys and the types of a field, from other documents', async () => {
    expect(await offered(text.replace('"maxLength": 80', '"|"'))).toEqual(
      expect.arrayContaining(['unique', 'maxLength', 'caseSensitive']),
    );
    expect(await offered(text.replace('"currency"', '"|"'))).toEqual(
      expect.arrayContaining(['"currency"', '"lookup"', '"text"']),
    );
  });

  it('shows the description of a key', async () => {
    const { document, parsed } = open(text);
    const hover = await service.doHover(
      document,
      document.positionAt(text.indexOf('deleteBehavior')),
      parsed,
    );
    expect(JSON.stringify(hover?.contents)).toContain('.');
  });

  it.each([
    ['an unknown type', '"currency"', '"money"'],
    ['a name in capitals', '"name": "tool"', '"name": "Tool"'],
    ['a missing version', ', "version": "1.0.0"', ''],
  ])('underlines %s', async (_, right, wrong) => {
    expect(await problems(text.replace(right, wrong))).toHaveLength(1);
  });
});
