import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { readCatalog } from '../catalog/catalog.js';
import { crossFieldRules } from '../catalog/cross-field-rules.js';
import { documentName } from '../json-schema/to-documents.js';
import { CHOSEN } from './chosen-examples.js';
import { examples } from './examples.js';
import { cell } from './markdown.js';
import { pageOf, schemaPlaces } from './places.js';
import { propertyRows } from './property-rows.js';
import { referencePages } from './reference-pages.js';
import { type SchemaNode, variantsOf } from './schema-node.js';

const catalog = await readCatalog();
const pages = await referencePages(catalog);
const values = examples(catalog);
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
(addFormats as unknown as (target: Ajv2020) => void)(ajv);
for (const { inputDocument } of catalog.entries) ajv.addSchema(inputDocument);

/** The part of a page that is about one schema. */
function sectionOf(name: string, file: string): string {
  const sections = pages.get(pageOf(file))?.split(/^(?=## )/m) ?? [];
  return sections.find((section) => section.startsWith(`## ${documentName(name)}\n`)) ?? '';
}

describe.each(catalog.entries)('the reference of $name', (entry) => {
  const section = sectionOf(entry.name, entry.file);
  const node = entry.inputDocument as SchemaNode;

  it('shows an example that Zod and its JSON Schema accept', () => {
    const [, shown = ''] = /```json\n([\s\S]*?)\n```/.exec(section) ?? [];
    const value: unknown = JSON.parse(shown);
    expect(value).toEqual(values.get(documentName(entry.name)));
    expect(entry.schema.safeParse(value).error?.issues).toBeUndefined();
    expect(ajv.getSchema(`${entry.inputDocument.$id}`)?.(value)).toBe(true);
  });

  it('says what it is, what each property means, and every rule across properties', () => {
    expect(section).toContain(entry.description);
    const rows = [node, ...variantsOf(node)].flatMap((variant) => propertyRows(variant));
    for (const { path, node: property } of rows) {
      const text = (property.description ?? '').replace(/ ?Carried, not enforced\.$/, '');
      expect(section).toMatch(new RegExp(`^\\| \`${path.replace(/[$.*[\]]/g, '\\$&')}\` \\|.*$`, 'm'));
      expect(section).toContain(cell(text));
    }
    for (const rule of crossFieldRules(entry)) expect(section).toContain(rule);
  });
});

describe('referencePages', () => {
  it('lead from the index to every schema and contract in one click', () => {
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

  it('say of every method how it fails, and of every code who fails so', () => {
    const contract = pages.get('docs/reference/contracts/data-driver.md') ?? '';
    const [upsert] = /#### upsert\(\)\n[\s\S]*?\n#####/.exec(contract) ?? [];
    expect(upsert).toMatch(/^Errors: .*`unique_violation`/m);
    const [violation] =
      /## unique_violation\n[\s\S]*?\n##/.exec(pages.get('docs/reference/errors.md') ?? '') ?? [];
    expect(violation).toContain('`IDataDriver.upsert`');
  });

  it('tell what is acted on from what is carried', () => {
    const field = sectionOf('FieldSchema', 'data/field.zod.ts');
    expect(field).toMatch(/^\| `required` .*acted on \(\[`driver-turso/m);
    expect(field).toMatch(/^\| `label` .*carried, not enforced \|$/m);
    expect(sectionOf('FlowNodeSchema', 'automation/flow-node.zod.ts')).toContain('Carried, not enforced:');
    expect(sectionOf('MachineNameSchema', 'shared/names.zod.ts')).not.toContain('Carried');
  });

  it('have no example by hand for a schema that is not there', () => {
    expect(Object.keys(CHOSEN).filter((name) => !values.has(name))).toEqual([]);
  });
});
