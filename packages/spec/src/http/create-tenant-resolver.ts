import type { TenantResolverStrategy } from '../data/driver/turso-multi-tenant.zod.js';
import { issuesOf, summaryOf } from '../shared/issues-of.js';
import { ObjectStackError } from '../shared/object-stack-error.js';
import {
  type TenantResolverConfig,
  type TenantResolverConfigInput,
  TenantResolverConfigSchema,
} from '../system/tenant-resolver.zod.js';
import type { TenantSelector } from '../system/tenant-selector.zod.js';
import { requestHost } from './request-host.js';
import { requestPath } from './request-path.js';
import { headerValues, type TenantRequest, type TenantRequestFacts } from './tenant-request.js';

/** Returns the selectors that a request contains, without duplicates. */
export type TenantResolver = (request: TenantRequest, facts?: TenantRequestFacts) => TenantSelector[];

interface Reading {
  readonly request: TenantRequest;
  readonly facts: TenantRequestFacts;
  readonly config: TenantResolverConfig;
}

/** Ids and slugs; no character of it has a meaning in a URL, a path or a template. */
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

const reference = (value: unknown): TenantSelector => ({
  kind: 'reference',
  value: typeof value === 'string' && REFERENCE.test(value) ? value : '',
});

const isWithin = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`);

function fromHeader({ request, config }: Reading): TenantSelector[] {
  return headerValues(request.headers, config.headerName.toLowerCase()).map(reference);
}

function fromSubdomain({ request, facts, config }: Reading): TenantSelector[] {
  const { baseDomain = '', reservedSubdomains } = config;
  const host = requestHost(request, config, facts);
  if (host === '') return [reference('')];
  if (host === undefined || host === baseDomain || !isWithin(host, baseDomain)) return [];
  const subdomain = host.slice(0, -baseDomain.length - 1);
  return reservedSubdomains.includes(subdomain) ? [] : [reference(subdomain)];
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

function fromPath({ request, config }: Reading): TenantSelector[] {
  const path = requestPath(request.url);
  const prefix = config.pathPrefix === '/' ? '/' : `${config.pathPrefix}/`;
  if (path === undefined) return [reference('')];
  if (!path.startsWith(prefix) || path === '/') return [];
  const [segment = ''] = path.slice(prefix.length).split('/');
  return [reference(decoded(segment))];
}

function fromToken({ facts: { claims = {} }, config: { claimName } }: Reading): TenantSelector[] {
  const claim = Object.hasOwn(claims, claimName) ? claims[claimName] : undefined;
  return claim === undefined ? [] : [reference(claim)];
}

function fromLookup({ request, facts, config }: Reading): TenantSelector[] {
  const host = requestHost(request, config, facts);
  const own = config.baseDomain === undefined ? config.ownDomains : [...config.ownDomains, config.baseDomain];
  if (host === undefined || own.some((domain) => isWithin(host, domain))) return [];
  return [{ kind: 'hostname', value: host }];
}

const STRATEGIES: Readonly<Record<TenantResolverStrategy, (reading: Reading) => TenantSelector[]>> = {
  header: fromHeader,
  subdomain: fromSubdomain,
  path: fromPath,
  token: fromToken,
  lookup: fromLookup,
};

function parse(config: TenantResolverConfigInput): TenantResolverConfig {
  const parsed = TenantResolverConfigSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error, { schema: TenantResolverConfigSchema, value: config });
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: `The configuration of the tenant resolver is invalid. ${summaryOf(issues)}`,
    details: { issues },
  });
}

function distinct(selectors: readonly TenantSelector[]): TenantSelector[] {
  return [...new Map(selectors.map((one) => [`${one.kind} ${one.value}`, one])).values()];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function assertRequest(request: unknown, facts: unknown): void {
  const isRequest = isObject(request) && typeof request.url === 'string' && isObject(request.headers);
  if (isRequest && isObject(facts) && (facts.claims === undefined || isObject(facts.claims))) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message:
      'The request must have the properties url (a string) and headers (an object); facts and facts.claims must be objects.',
  });
}

/**
 * Creates a function that reads from a request which tenant it selects, for every framework. It is pure and authorizes
 * nothing: pass the selectors to `ITenantRouter.resolveTenant` with the session, which only selects among the tenants of
 * the session's organization. A malformed value becomes a selector with an empty value, which selects no tenant; a
 * request without the configured parts has no selectors.
 *
 * Throws `configuration_invalid`; the function throws `invalid_request` for a value that is not a request.
 */
export function createTenantResolver(config: TenantResolverConfigInput): TenantResolver {
  const parsed = parse(config);
  const strategies = new Set(parsed.strategies);
  return (request, facts = {}) => {
    assertRequest(request, facts);
    const reading = { request, facts, config: parsed };
    return distinct([...strategies].flatMap((strategy) => STRATEGIES[strategy](reading)));
  };
}
