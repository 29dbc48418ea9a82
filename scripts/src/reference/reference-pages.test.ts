import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCatalog } from '../catalog/catalog.js';
import { crossFieldRules } from '../catalog/cross-field-rules.js';
import { markdownFiles, ROOT } from '../documents/documents.js';
import { documentName } from '../json-schema/to-documents.js';
import { CHOSEN } from './chosen-examples.js';
import { examples } from './examples.js';
import { cell } from './markdown.js';
import { pageOf, schemaPlaces } from './places.js';
import { propertyRows } from './property-rows.js';
import { type SchemaNode, variantsOf } from './schema-node.js';

const catalog = await readCatalog();
const pages = await committedPages();
const values = examples(catalog);

/** Pages take seconds to generate: `generated-files.test.ts` proves that these are what is generated. */
async function committedPages(): Promise<Map<string, string>> {
  const paths = (await markdownFiles('docs/reference')).sort();
  const texts = await Promise.all(paths.map((path) => readFile(join(ROOT, path), 'utf8')));
  return new Map(paths.map((path, index) => [path, texts[index] ?? '']));
}

/** The section of a page about one schema. */
function sectionOf(name: string, file: string): string {
  const sections = pages.get(pageOf(file))?.split(/^(?=## )/m) ?? [];
  return sections.find((section) => section.startsWith(`## ${documentName(name)}\n`)) ?? '';
}

describe.each(catalog.entries)('the reference of $name', (entry) => {
  const section = sectionOf(entry.name, entry.file);
  const node = entry.inputDocument as SchemaNode;

  // `agreement.test.ts` checks that its JSON Schema accepts it, too.
  it('contains an example that Zod accepts', () => {
    const [, shown = ''] = /```json\n([\s\S]*?)\n```/.exec(section) ?? [];
    const value: unknown = JSON.parse(shown);
    expect(value).toEqual(values.get(documentName(entry.name)));
    expect(entry.schema.safeParse(value).error?.issues).toBeUndefined();
  });

  it('contains every description and every constraint across properties', () => {
    expect(section).toContain(entry.description);
    const rows = [node, ...variantsOf(node)].flatMap((variant) => propertyRows(variant));
    for (const { path, node: property } of rows) {
      const text = (property.description ?? '').replace(/ ?Stored, not interpreted\.$/, '');
      expect(section).toMatch(new RegExp(`^\\| \`${path.replace(/[$.*[\]]/g, '\\$&')}\` \\|.*$`, 'm'));
      expect(section).toContain(cell(text));
    }
    for (const rule of crossFieldRules(entry)) expect(section).toContain(rule);
  });
});

/** Rows of the tables of properties and parameters that have no description. */
function undescribedRows(page: string): string[] {
  const cellsOf = (line: string) => line.split(/(?<!\\)\|/).map((text) => text.trim());
  const tables = page.match(/(?:^\|.*\n)+/gm) ?? [];
  return tables.flatMap((text) => {
    const [head = '', , ...rows] = text.trimEnd().split('\n');
    if (!/^\| (?:property|parameter|type parameter|name) \|/i.test(head)) return [];
    const index = cellsOf(head).findIndex((title) => /^description$/i.test(title));
    return rows.filter((row) => ['', '-', undefined].includes(index < 0 ? '' : cellsOf(row)[index]));
  });
}

describe('referencePages', () => {
  it.each([...pages])('%s describes every property, parameter and type parameter', (_, page) => {
    expect(undescribedRows(page)).toEqual([]);
  });

  it('are linked from the index for every schema and contract', () => {
    const index = pages.get('docs/reference/README.md') ?? '';
    for (const place of schemaPlaces(catalog).values())
      expect(index).toContain(`(${place.replace('docs/reference/', '')})`);
    for (const { file, name } of catalog.contractIndex) {
      expect(index).toContain(`(${file.replace('.ts', '.md')})`);
      expect(pages.get(pageOf(file))).toContain(`## ${name}\n`);
    }
  });

  it('link contracts to schemas and back', () => {
    const contract = pages.get('docs/reference/contracts/provisioning-service.md') ?? '';
    expect(contract).toContain('(../system/provisioning.md#tenantprovisioningrequest)');
    expect(contract).not.toContain('schema:');
    const schema = sectionOf('TenantProvisioningRequestSchema', 'system/provisioning.zod.ts');
    expect(schema).toContain('(../contracts/provisioning-service.md#provisiontenant)');
  });

  it('list the codes of every method and the methods of every code', () => {
    const contract = pages.get('docs/reference/contracts/data-driver.md') ?? '';
    const [upsert] = /#### upsert\(\)\n[\s\S]*?\n#####/.exec(contract) ?? [];
    expect(upsert).toMatch(/^Errors: .*`unique_violation`/m);
    const [violation] =
      /## unique_violation\n[\s\S]*?\n##/.exec(pages.get('docs/reference/errors.md') ?? '') ?? [];
    expect(violation).toContain('`IDataDriver.upsert`');
  });

  it('distinguish interpreted and stored-only keys', () => {
    const field = sectionOf('FieldSchema', 'data/field.zod.ts');
    expect(field).toMatch(/^\| `required` .*interpreted \(\[`/m);
    expect(field).toMatch(/^\| `label` .*stored, not interpreted \|$/m);
    expect(sectionOf('FlowNodeSchema', 'automation/flow-node.zod.ts')).toContain(
      'Stored and returned unchanged',
    );
    expect(sectionOf('MachineNameSchema', 'shared/names.zod.ts')).not.toContain(
      'Stored and returned unchanged',
    );
  });

  it('have no hand-written example for an unknown schema', () => {
    expect(Object.keys(CHOSEN).filter((name) => !values.has(name))).toEqual([]);
  });
});
