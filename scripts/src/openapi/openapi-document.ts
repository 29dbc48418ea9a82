import { PROTOCOL_VERSION } from '@objectstack/spec';
import type { Catalog } from '../catalog/catalog.js';
import { componentSchemas } from './components.js';
import { operationObject } from './operation-object.js';
import { OPERATIONS } from './operations.js';
import { ANY_PROBLEM } from './problem-responses.js';
import { text } from './schema-reference.js';

const INFO = {
  title: 'ObjectStack',
  version: PROTOCOL_VERSION,
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  description:
    'The methods of the contracts that a service would expose. The paths are a proposal; the schemas, methods and error codes are those of the protocol. This repository contains no HTTP service.',
};

const REQUEST_ID = {
  name: 'X-Request-Id',
  in: 'header',
  description: "Identifier of the caller's request, for logs and the history.",
  schema: text,
};

type Paths = Record<string, Record<string, unknown>>;

/** A schema has an output component only if input and output differ. */
function withForms<Part>(part: Part, components: Readonly<Record<string, unknown>>): Part {
  const text = JSON.stringify(part).replace(/(#\/components\/schemas\/(\w+))Output"/g, (whole, base, name) =>
    `${name}Output` in components ? whole : `${base}"`,
  );
  return JSON.parse(text) as Part;
}

function pathsOf({ contractIndex }: Catalog): Paths {
  const methods = contractIndex.flatMap((contract) => contract.methods);
  const paths: Paths = {};
  for (const operation of OPERATIONS) {
    const method = methods.find(({ contract, name }) => `${contract}.${name}` === operation.method);
    if (!method) throw new Error(`No contract has ${operation.method}.`);
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.verb]: operationObject(operation, method, contractIndex),
    };
  }
  return paths;
}

function tagsOf({ contractIndex }: Catalog) {
  const exposed = new Set(OPERATIONS.map(({ method }) => method.split('.')[0]));
  return contractIndex
    .filter(({ name }) => exposed.has(name))
    .map(({ name, doc }) => ({ name, description: doc }));
}

/** The OpenAPI 3.1 document of the protocol. */
export function openapiDocument(catalog: Catalog): Record<string, unknown> {
  const schemas = componentSchemas(catalog);
  const parts = {
    tags: tagsOf(catalog),
    paths: pathsOf(catalog),
    responses: { Problem: ANY_PROBLEM },
  };
  const { tags, paths, responses } = withForms(parts, schemas);
  return {
    openapi: '3.1.1',
    info: INFO,
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    security: [{ bearer: [] }],
    tags,
    paths,
    components: {
      schemas,
      responses,
      parameters: { RequestId: REQUEST_ID },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}
