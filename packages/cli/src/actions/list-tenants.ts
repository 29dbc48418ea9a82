import { listTenants as tenantsIn } from '@objectstack/runtime/registry';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import type { Action } from '../frame/command.js';
import { isSet, pageOf, textOption } from '../frame/read-options.js';
import { table } from '../output/table.js';

/** Lists one page of tenants. */
export const listTenants: Action = async (context, input) => {
  const { settings } = await context.config();
  const status = textOption(input, 'status') as TenantProvisioningStatus | undefined;
  const page = await tenantsIn(await context.registry(), {
    page: pageOf(input),
    ...(!isSet(input, 'all') && { organizationId: settings.organization }),
    ...(status !== undefined && { status }),
  });
  return {
    document: page,
    text(style) {
      if (page.items.length === 0) return 'No tenants. Create one with: objectstack tenants create';
      const rows = page.items.map(({ id, slug, name, provisioningStatus, plan, createdAt }) => [
        id,
        slug ?? '',
        name ?? '',
        provisioningStatus,
        plan,
        createdAt,
      ]);
      const next =
        page.nextCursor === null ? '' : `\n\nMore: objectstack tenants list --cursor ${page.nextCursor}`;
      return table(style, ['tenant', 'slug', 'name', 'status', 'plan', 'created'], rows) + next;
    },
  };
};
