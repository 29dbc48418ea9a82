import { readFileSync } from 'node:fs';
import { Ajv, type SchemaObject } from 'ajv';
import addFormats from 'ajv-formats';
import type { EmulatedExchange } from '../src/index.js';

const DOCUMENT = JSON.parse(readFileSync(new URL('turso-openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};

interface Operation {
  readonly parameters?: readonly { $ref?: string; name?: string; in?: string; schema?: SchemaObject }[];
  readonly requestBody?: Content;
  readonly responses: Record<string, { $ref?: string } & Content>;
}
interface Content {
  readonly content?: { 'application/json': { schema: SchemaObject } };
}

const ajv = new Ajv({ strict: false, allErrors: true });
(addFormats as unknown as (instance: Ajv) => void)(ajv);

/** The node with all references replaced. */
function resolved<T>(node: T): T {
  if (Array.isArray(node)) return node.map(resolved) as T;
  if (typeof node !== 'object' || node === null) return node;
  const { $ref } = node as { $ref?: string };
  if ($ref) {
    const parts = $ref.slice(2).split('/');
    return resolved(parts.reduce<never>((part, key) => part[key] as never, DOCUMENT as never)) as T;
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolved(value)])) as T;
}

/** JSON Schema of an OpenAPI 3.0 schema, which also refuses properties that are not documented. */
function strict(schema: SchemaObject): SchemaObject {
  const { properties, items, nullable, oneOf, ...rest } = schema;
  const own: SchemaObject = { ...rest };
  if (nullable && rest.type) own.type = [rest.type, 'null'];
  if (items) own.items = strict(items);
  if (oneOf) own.oneOf = oneOf.map(strict);
  if (!properties) return own;
  own.properties = Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, strict(value as SchemaObject)]),
  );
  own.additionalProperties = false;
  return own;
}

function operationOf({
  method,
  path,
}: EmulatedExchange): { operation: Operation; template: string } | undefined {
  for (const [template, methods] of Object.entries(DOCUMENT.paths)) {
    const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`);
    const operation = methods[method.toLowerCase()];
    if (operation && pattern.test(path)) return { operation: resolved(operation), template };
  }
  return undefined;
}

function problemsOfBody(schema: SchemaObject | undefined, body: unknown): string[] {
  if (body === undefined) return [];
  if (!schema) return ['has a body'];
  if (ajv.validate(strict(schema), body)) return [];
  return (ajv.errors ?? []).map(({ instancePath, params, message }) => {
    const undocumented = (params as { additionalProperty?: string }).additionalProperty;
    return undocumented ?? `${instancePath} ${message}`;
  });
}

function problemsOf(exchange: EmulatedExchange): string[] {
  const found = operationOf(exchange);
  if (!found) return [`${exchange.method} ${exchange.path}: not documented`];
  const { operation, template } = found;
  const subject = `${exchange.method} ${template
    .split('/')
    .filter((part) => !part.startsWith('{'))
    .slice(-1)}`;
  const parameters = (operation.parameters ?? []).filter((one) => one.in === 'query');
  const query = Object.entries(exchange.query).flatMap(([name, value]) => {
    const parameter = parameters.find((one) => one.name === name);
    return parameter && ajv.validate(strict(parameter.schema ?? {}), value) ? [] : [`query ${name}`];
  });
  const json = (content: Content | undefined) => content?.content?.['application/json'].schema;
  const request = problemsOfBody(json(operation.requestBody), exchange.requestBody).map(
    (one) => `request ${one}`,
  );
  const response = operation.responses[String(exchange.status)];
  const answer = response
    ? problemsOfBody(json(response), exchange.responseBody).map((one) => `${exchange.status} answer ${one}`)
    : [`status ${exchange.status}`];
  return [...query, ...request, ...answer].map((problem) => `${subject}: ${problem}`);
}

/** Deviations that live answers have too: paging and the status of an unknown database. */
export const KNOWN_DEVIATIONS = [
  'GET databases: 200 answer pagination',
  'GET databases: query cursor',
  'GET databases: query limit',
  'PATCH configuration: status 404',
];

/** How exchanges deviate from the OpenAPI document of the Platform API, each kind once. */
export function openapiProblems(exchanges: readonly EmulatedExchange[]): string[] {
  return [...new Set(exchanges.flatMap(problemsOf))].sort();
}
