import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { readCatalog } from '../catalog/catalog.js';
import { jsonSchemaFiles } from './files.js';
import { documentName } from './to-documents.js';

const catalog = await readCatalog();
const files = jsonSchemaFiles(catalog);
const documents = [...files].filter(([name]) => name.endsWith('.json') && name !== 'objectstack.json');

function validator() {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  (addFormats as unknown as (target: Ajv2020) => void)(ajv);
  // Texts for editors.
  ajv.addVocabulary(['enumDescriptions', 'patternErrorMessage']);
  for (const [, text] of documents) ajv.addSchema(JSON.parse(text));
  return ajv;
}

describe('jsonSchemaFiles', () => {
  it('have one document for every exported schema, under its own id', () => {
    const names = catalog.entries.map(({ name }) => documentName(name));
    expect(new Set(names).size).toBe(names.length);
    const ids = documents.map(([, text]) => JSON.parse(text).$id);
    expect(new Set(ids).size).toBe(documents.length);
    for (const [name, text] of documents)
      expect(JSON.parse(text).$id).toMatch(new RegExp(`/${name.replaceAll('.', '\\.')}$`));
  });

  it('compile in strict mode, every reference resolved', () => {
    const ajv = validator();
    for (const [, text] of documents) expect(ajv.getSchema(JSON.parse(text).$id)).toBeTypeOf('function');
  });

  it('are all in one file as well', () => {
    const bundle = JSON.parse(files.get('objectstack.json') ?? '{}');
    const protocol = documents.filter(([name]) => !name.endsWith('.authoring.json'));
    expect(Object.keys(bundle.$defs)).toHaveLength(protocol.length);
    const ajv = new Ajv2020({ strict: true });
    (addFormats as unknown as (target: Ajv2020) => void)(ajv);
    ajv.addSchema(bundle);
    const accepts = ajv.getSchema('https://objectstack.dev/schemas/v1/TursoConfig.json');
    expect(accepts?.({ url: ':memory:' })).toBe(true);
    expect(accepts?.({ url: ':memory:', busyTimeoutMs: -1 })).toBe(false);
  });
});
