import type { AddMemberOptions, ITenantRegistry, ITenantService } from '@objectstack/spec/contracts';
import { type PageRequestInput, PageRequestSchema } from '@objectstack/spec/shared';
import type { AuditPage } from '@objectstack/spec/system';
import { listTenants } from '../registry/list-tenants.js';
import { decodeCursor, invalidCursor } from '../shared/encode-cursor.js';
import { findTenant, findTenantOrDestroyed } from '../shared/find-tenant.js';
import { pageOf } from '../shared/page-of.js';
import { parseInput } from '../shared/parse-input.js';
import { readOptions } from '../shared/read-options.js';
import { withoutToken } from '../shared/without-token.js';
import { addMember, listMembers, removeMember } from './add-member.js';
import { parseHostnames, parseSlug, setTenantNames } from './set-tenant-names.js';
import { setTenantQuotas, type TenantQuotasContext } from './set-tenant-quotas.js';

/** Sequence number in the cursor of a page of the audit log. Throws `invalid_request`. */
function sequenceOf(cursor: string): number {
  const sequence = Number(decodeCursor(cursor).id);
  if (Number.isSafeInteger(sequence)) return sequence;
  throw invalidCursor();
}

async function audit(
  registry: ITenantRegistry,
  tenantId: unknown,
  page: PageRequestInput,
): Promise<AuditPage> {
  const { tenant } = await findTenantOrDestroyed(registry, tenantId);
  const { limit, cursor } = parseInput(PageRequestSchema, page, 'page');
  const found = await registry.listAuditEntries({
    tenantId: tenant.id,
    ...(cursor !== undefined && { after: sequenceOf(cursor) }),
    limit: limit + 1,
  });
  return pageOf(found, limit, ({ at, sequence }) => ({ at, id: String(sequence) }));
}

/** Reads and names the tenants of the registry, and sets their quotas and members. */
export function createTenantService(context: TenantQuotasContext): ITenantService {
  const { registry } = context;
  return {
    list: async (request = {}) => listTenants(registry, request),
    get: async (tenantId) => {
      const record = await findTenant(registry, tenantId);
      const { databaseName, requestKey } = record;
      const steps = await registry.listSteps(record.tenant.id);
      return { tenant: withoutToken(record), databaseName, requestKey, steps };
    },
    audit: async (tenantId, page = {}) => audit(registry, tenantId, page),
    setSlug: async (tenantId, slug, options) =>
      setTenantNames(context, tenantId, { names: parseSlug(slug), options: readOptions(options) }),
    setQuotas: async (tenantId, quotas, options) =>
      setTenantQuotas(context, tenantId, { quotas, options: readOptions(options) }),
    addMember: async (tenantId, userId, options) =>
      addMember(context, tenantId, { userId, options: readOptions<AddMemberOptions>(options) }),
    removeMember: async (tenantId, userId, options) =>
      removeMember(context, tenantId, { userId, options: readOptions(options) }),
    listMembers: async (tenantId, page = {}) => listMembers(context, tenantId, page),
    setHostnames: async (tenantId, hostnames, options) =>
      setTenantNames(context, tenantId, { names: parseHostnames(hostnames), options: readOptions(options) }),
  };
}
