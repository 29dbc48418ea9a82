import * as protocol from '@objectstack/spec';
import type * as z from 'zod';
import { type JsonSchemaDocument, toDocuments } from '../json-schema/to-documents.js';
import { type Contract, readContracts } from './contract-index.js';
import { isSchema } from './schema-parts.js';
import { filesByName, readSources, type SourceFile } from './source-index.js';

export interface CatalogEntry {
  readonly name: string;
  /** Subpath of the package that exports it, such as `data`. */
  readonly subpath: string;
  /** File that declares it, under `packages/spec/src`. */
  readonly file: string;
  readonly schema: z.ZodType;
  readonly description: string;
  /** `input`: one document describes input and output; `both`: the two differ. */
  readonly io: 'input' | 'output' | 'both';
  /** Schema of accepted values. */
  readonly inputDocument: JsonSchemaDocument;
  /** Schema of parsed values; the input document if both are the same. */
  readonly outputDocument: JsonSchemaDocument;
}

interface ExportedName {
  readonly name: string;
  readonly subpath: string;
  readonly file: string;
}

export interface Catalog {
  /** Every exported schema, by name. */
  readonly entries: readonly CatalogEntry[];
  /** Exported constants, functions and classes that are not schemas. */
  readonly values: readonly (ExportedName & { readonly value: unknown })[];
  /** Exported interfaces of the contracts. */
  readonly contracts: readonly ExportedName[];
  /** Interfaces with methods, and their documentation. */
  readonly contractIndex: readonly Contract[];
  /** The published sources of the protocol. */
  readonly sources: readonly SourceFile[];
}

const byName = (left: { name: string }, right: { name: string }) => (left.name < right.name ? -1 : 1);

/** All exports of the protocol, sorted by name. */
export async function readCatalog(): Promise<Catalog> {
  const sources = await readSources();
  const files = filesByName(sources);
  const locate = (name: string): ExportedName => {
    const file = files.get(name);
    if (!file) throw new Error(`No file declares ${name}.`);
    return { name, subpath: file.split('/')[0] ?? '', file };
  };
  const exported: [string, unknown][] = Object.entries(protocol);
  const schemas = exported.filter((entry): entry is [string, z.ZodType] => isSchema(entry[1]));
  const documents = toDocuments(new Map(schemas.sort(([left], [right]) => (left < right ? -1 : 1))));
  const contracts = sources
    .filter(({ path }) => path.startsWith('contracts/') && !path.endsWith('/index.ts'))
    .flatMap(({ path }) => [...files].filter(([, file]) => file === path).map(([name]) => locate(name)));
  return {
    entries: documents.map(({ name, schema, input, output }) => ({
      ...locate(name),
      schema,
      description: schema.description ?? '',
      io: output ? 'both' : 'input',
      inputDocument: input,
      outputDocument: output ?? input,
    })),
    values: exported
      .filter(([, value]) => !isSchema(value))
      .map(([name, value]) => ({ ...locate(name), value }))
      .sort(byName),
    contracts: contracts.sort(byName),
    contractIndex: readContracts(sources),
    sources,
  };
}
