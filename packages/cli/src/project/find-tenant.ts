import { ObjectStackError } from '@objectstack/spec/shared';
import type { CommandLineConfig, Tenant } from '@objectstack/spec/system';
import type { Session } from '../frame/command-context.js';
import { commandError } from '../frame/command-error.js';

/** Tenants of an organization, page by page. */
async function* tenantsOf({ runtime }: Session, organizationId: string): AsyncGenerator<Tenant> {
  let cursor: string | undefined;
  do {
    const page = await runtime.tenants.list({
      organizationId,
      page: { limit: 200, ...(cursor !== undefined && { cursor }) },
    });
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

async function onlyTenant(session: Session, organization: string): Promise<string> {
  const found: Tenant[] = [];
  for await (const tenant of tenantsOf(session, organization)) {
    found.push(tenant);
    if (found.length > 5) break;
  }
  const [first] = found;
  if (!first) {
    throw commandError({
      code: 'tenant_not_found',
      message: `The organization ${organization} has no tenant.`,
      next: ['objectstack tenants create', 'objectstack dev'],
    });
  }
  if (found.length === 1) return first.id;
  throw commandError({
    code: 'tenant_ambiguous',
    message: `The organization ${organization} has several tenants. Select one with --tenant.`,
    details: { tenantIds: found.map(({ id }) => id) },
    exit: 'usage',
    next: ['objectstack tenants list'],
  });
}

async function isTenantId({ runtime }: Session, reference: string): Promise<boolean> {
  try {
    return (await runtime.tenants.get(reference)).tenant.id === reference;
  } catch (error) {
    if (ObjectStackError.isInstance(error) && error.code === 'tenant_not_found') return false;
    throw error;
  }
}

/** Id of the tenant that an id or a slug selects; without a reference, that of the configuration or the only one. */
export async function findTenant(
  session: Session,
  { organization, tenant }: Pick<CommandLineConfig, 'organization' | 'tenant'>,
  given?: string,
): Promise<string> {
  const reference = given ?? tenant;
  if (reference === undefined) return onlyTenant(session, organization);
  if (await isTenantId(session, reference)) return reference;
  for await (const one of tenantsOf(session, organization))
    if (one.slug === reference.toLowerCase()) return one.id;
  throw commandError({
    code: 'tenant_not_found',
    message: `The organization ${organization} has no tenant with the id or slug ${reference}.`,
    next: ['objectstack tenants list'],
  });
}
