import { posix } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import { entriesOf } from '../reference/module-page.js';
import { pageOf } from '../reference/places.js';

const HEAD = `# ObjectStack

> When a customer signs up, they get their own database with an application in it. The application is metadata:
> objects, views, flows and permission sets as JSON. This repository contains the protocol (Zod schemas, types, contracts)
> and an implementation that runs on libSQL.

Packages of these names on npm belong to another project; this one is used from its repository.`;

const OPTIONAL = `## Optional

- [JSON Schema](packages/spec/json-schema/README.md): one document per schema
- [All schemas in one document](packages/spec/json-schema/objectstack.json)
- [OpenAPI 3.1](packages/spec/openapi.json): the methods that a service would expose`;

/** The index of the documents, with links relative to the root. */
function documents(index: string): string {
  const rebased = index.replace(/\]\((?!https?:)([^)]+)\)/g, (_, link) => `](${posix.join('docs', link)})`);
  return rebased.replace(/^# .*\n+/, '## Documents\n\n').trim();
}

const item = (label: string, path: string, summary: string) => `- [${label}](${path}): ${summary}`;

function modules(catalog: Catalog): string[] {
  const files = [...new Set(catalog.entries.map(({ file }) => file))].sort();
  return files.map((file) => {
    const summary = entriesOf(file, catalog)[0]?.description ?? '';
    return item(file.replace('.zod.ts', ''), pageOf(file), summary);
  });
}

function contracts({ contractIndex, sources }: Catalog): string[] {
  const declaring = new Set(contractIndex.map(({ file }) => file));
  const shared = sources.map(({ path }) => path).filter((path) => /^contracts\/(?!index)/.test(path));
  return [
    ...contractIndex.map(({ name, file, doc }) =>
      item(name, pageOf(file), /^.*?\.(?= |$)/.exec(doc)?.[0] ?? ''),
    ),
    ...shared
      .filter((file) => !declaring.has(file))
      .map((file) => item(file.replace('.ts', ''), pageOf(file), 'Types that contracts share.')),
    item(
      'ObjectStackError',
      pageOf('shared/object-stack-error.ts'),
      'The error class of all implementations.',
    ),
  ];
}

/** The index of all documentation for language models: https://llmstxt.org. */
export function llmsText(catalog: Catalog, documentIndex: string): string {
  return [
    HEAD,
    documents(documentIndex),
    ['## Schemas', '', ...modules(catalog)].join('\n'),
    ['## Contracts', '', ...contracts(catalog)].join('\n'),
    `${OPTIONAL}\n`,
  ].join('\n\n');
}
