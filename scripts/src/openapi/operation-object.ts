import type { Contract, ContractMethod } from '../catalog/contract-index.js';
import { errorCodesOf } from '../catalog/error-codes-of.js';
import type { Operation } from './operation.js';
import { problemResponses } from './problem-responses.js';
import { type ComponentSchema, text } from './schema-reference.js';

const TENANT_CLIENT = 'getTenantClient';

const content = (schema: ComponentSchema) => ({ 'application/json': { schema } });

/** The first sentence, and the whole text. */
function wordsOf({ doc }: ContractMethod) {
  const [summary = doc] = /^.*?[.](?= |$)/.exec(doc) ?? [];
  return { summary, description: doc };
}

function parametersOf({ path, places = {}, query = {} }: Operation, method: ContractMethod) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: places[name] ?? text,
  }));
  const inQuery = Object.entries(query).map(([name, schema]) => ({
    name: name.replace('?', ''),
    in: 'query',
    required: !name.endsWith('?'),
    schema,
  }));
  const isMutating = method.takes.includes('CallOptions');
  const inHeader = isMutating ? [{ $ref: '#/components/parameters/RequestId' }] : [];
  return [...inPath, ...inQuery, ...inHeader];
}

/** The codes of the method and, if a service reaches it through a tenant's driver, those of `getTenantClient`. */
function operationCodes({ path }: Operation, method: ContractMethod, contracts: readonly Contract[]) {
  const own = errorCodesOf(method, contracts);
  if (method.parameters.includes('tenantId') || !path.startsWith('/tenants/{tenantId}')) return own;
  const router = contracts.flatMap(({ methods }) => methods).find(({ name }) => name === TENANT_CLIENT);
  return [...new Set([...own, ...(router ? errorCodesOf(router, contracts) : [])])].sort();
}

/** An operation of the document, derived from its contract. */
export function operationObject(
  operation: Operation,
  method: ContractMethod,
  contracts: readonly Contract[],
): Record<string, unknown> {
  const { verb, body, answer } = operation;
  const status = !answer ? '204' : verb === 'post' && method.name === 'create' ? '201' : '200';
  const parameters = parametersOf(operation, method);
  return {
    operationId: operation.operationId ?? method.name,
    tags: [method.contract],
    ...wordsOf(method),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: content(body) } }),
    responses: {
      [status]: {
        description: answer ? 'Done.' : 'Success, without content.',
        ...(answer && { content: content(answer) }),
      },
      ...problemResponses(operationCodes(operation, method, contracts)),
    },
  };
}
