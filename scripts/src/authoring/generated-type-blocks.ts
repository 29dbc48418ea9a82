import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Field, FieldTypeEnum } from '@objectstack/spec/data';
import { type DeployBundleInput, generateTypes } from '@objectstack/spec/system';
import { type CodeBlock, ROOT } from '../documents/documents.js';

/** Assertions for the compiler about every object of the generated types. */
function assertionsOf(source: string): string {
  const names = [...source.matchAll(/^export interface (\w+)Object /gm)].map(([, name]) => name);
  const pairs = names.flatMap((name) => ['Record', 'Create', 'Update'].map((kind) => [name, kind]));
  const lines = pairs.map(([name, kind]) => {
    const expected = kind === 'Record' ? 'RecordOf' : `${kind}RecordOf`;
    return `export const is${name}${kind}: Same<${name}${kind}, ${expected}<${name}Object>> = true;`;
  });
  return `
import { typed } from '@objectstack/driver-turso';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { CreateRecordOf, RecordOf, UpdateRecordOf } from '@objectstack/spec/data';
import type { DeployBundle } from '@objectstack/spec/system';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
${lines.join('\n')}
declare const driver: IDataDriver;
declare const bundle: DeployBundle;
export const db = typed<AppBundle>(driver, bundle);
`;
}

function blockOf(document: string, bundle: Pick<DeployBundleInput, 'objects'>, more = ''): CodeBlock {
  const source = generateTypes(bundle);
  return { document, line: 1, language: 'ts', code: `${source}${assertionsOf(source)}${more}` };
}

/** Fields of every type, with everything that the types of a record depend on. */
function fieldsOfEveryType(): Record<string, Field> {
  const options = [{ value: 'a' }, { value: '*/ "b\'', default: true }];
  const variants: readonly Partial<Field>[] = [
    {},
    { required: true },
    { multiple: true },
    { required: true, readonly: true },
    { required: true, defaultValue: null },
    { required: true, defaultValue: 'x', options },
    { options },
    { required: true, options, multiple: true },
    { options: [] },
  ];
  return Object.fromEntries(
    FieldTypeEnum.options.flatMap((type) =>
      variants.map((variant, index) => [`${type}_${index}`, { type, reference: 'one', ...variant }]),
    ),
  );
}

/** Generated types with assertions; the last block has one that fails. */
export async function generatedTypeBlocks(): Promise<CodeBlock[]> {
  const helpdesk = JSON.parse(await readFile(join(ROOT, 'examples/helpdesk/bundle.json'), 'utf8'));
  const hostile = { type: 'text' as const, label: '*/ x', description: 'a\n*/ b' };
  const fields: Record<string, Field> = { id: { type: 'text' }, 'no-name': hostile, constructor: hostile };
  return [
    blockOf(
      'helpdesk.md',
      helpdesk,
      "db.rental.find({ where: { status: 'out' }, expand: { tool: { fields: ['daily_price'] } } });",
    ),
    blockOf('every-type.md', { objects: [{ name: 'one', fields: fieldsOfEveryType() }] }),
    blockOf('names.md', {
      objects: [
        { name: 'a_b', fields },
        { name: 'a__b', fields: {} },
      ],
    }),
    blockOf(
      'wrong.md',
      { objects: [{ name: 'one', fields: { name: { type: 'text' } } }] },
      'export const isOther: Same<OneRecord, { id: string }> = true;',
    ),
  ];
}
