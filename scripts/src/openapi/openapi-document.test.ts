import { ErrorCodeEnum } from '@objectstack/spec';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { readCatalog } from '../catalog/catalog.js';
import { errorCodesOf } from '../catalog/error-codes-of.js';
import { NOT_EXPOSED } from './not-exposed.js';
import { openapiDocument } from './openapi-document.js';
import { OPERATIONS } from './operations.js';

interface Response {
  readonly content?: Record<string, { schema: { allOf: { properties?: { code: { enum: string[] } } }[] } }>;
}
interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly responses: Record<string, Response>;
}

const catalog = await readCatalog();
const document = openapiDocument(catalog);
const paths = document.paths as Record<string, Record<string, OperationObject>>;
const methods = catalog.contractIndex.flatMap((contract) => contract.methods);
const nameOf = ({ contract, name }: (typeof methods)[number]) => `${contract}.${name}`;
const operations = OPERATIONS.map((operation) => ({
  ...operation,
  object: paths[operation.path]?.[operation.verb] as OperationObject,
}));

/** Codes that the responses of an operation allow. */
function codesOf({ responses }: OperationObject): string[] {
  const problems = Object.values(responses).map(
    ({ content }) => content?.['application/problem+json']?.schema,
  );
  return problems.flatMap(
    (schema) => schema?.allOf.flatMap(({ properties }) => properties?.code.enum ?? []) ?? [],
  );
}

function references(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference);
}

describe('openapiDocument', () => {
  it('is valid OpenAPI 3.1', { timeout: 60_000 }, async () => {
    expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true });
  });

  it('has every contract method as an operation, or a reason why not', () => {
    const exposed = OPERATIONS.map(({ method }) => method);
    const isLeftOut = (name: string) => name in NOT_EXPOSED || (name.split('.')[0] ?? '') in NOT_EXPOSED;
    const names = methods.map(nameOf);
    expect(names.filter((name) => exposed.includes(name) === isLeftOut(name))).toEqual([]);
    const contracts = catalog.contractIndex.map(({ name }) => name);
    expect(Object.keys(NOT_EXPOSED).filter((name) => ![...names, ...contracts].includes(name))).toEqual([]);
    expect(new Set(exposed).size).toBe(exposed.length);
  });

  it('has each operation at its own path, under the name of the method or an id of its own', () => {
    expect(new Set(OPERATIONS.map(({ verb, path }) => `${verb} ${path}`)).size).toBe(OPERATIONS.length);
    const ids = operations.map(({ object }) => object.operationId);
    expect(ids).toEqual(OPERATIONS.map(({ method, operationId }) => operationId ?? method.split('.')[1]));
    expect(new Set(ids).size).toBe(ids.length);
    expect(operations.filter(({ object }) => !/^[A-Z].*\.$/.test(object.summary))).toEqual([]);
  });

  it.each(operations)('documents for $method the codes that its JSDoc names', ({ method, path, object }) => {
    const found = methods.find((candidate) => nameOf(candidate) === method) as (typeof methods)[number];
    const reached = methods.find(({ name }) => name === 'getTenantClient') as (typeof methods)[number];
    const byDriver = path.startsWith('/tenants/{tenantId}') && !found.parameters.includes('tenantId');
    const own = errorCodesOf(found, catalog.contractIndex);
    const all = [...own, ...(byDriver ? errorCodesOf(reached, catalog.contractIndex) : [])];
    expect(codesOf(object).sort()).toEqual([...new Set(all)].sort());
    for (const code of ErrorCodeEnum.options)
      if (found.doc.includes(`\`${code}\``)) expect(codesOf(object)).toContain(code);
  });

  it('contains only internal references, to existing targets', () => {
    const found = references(document).filter((reference) => {
      const steps = reference.replace('#/', '').split('/');
      const target = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], document);
      return !reference.startsWith('#/components/') || target === undefined;
    });
    expect(found).toEqual([]);
  });

  it('has components that accept and reject the same values as the schemas', () => {
    const ajv = new Ajv2020({ strict: false });
    (addFormats as unknown as (target: Ajv2020) => void)(ajv);
    ajv.addSchema({ $id: 'https://example.com/openapi.json', components: document.components });
    const validate = ajv.getSchema(
      'https://example.com/openapi.json#/components/schemas/TenantProvisioningRequest',
    );
    expect(validate?.({ orgId: 'org_1', region: 'eu-west' })).toBe(true);
    expect(validate?.({ orgId: 'org_1', region: 'mars' })).toBe(false);
  });
});
