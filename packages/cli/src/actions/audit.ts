import { ObjectStackError, type PageRequestInput } from '@objectstack/spec/shared';
import type { Action } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { pageOf } from '../frame/read-options.js';
import { table } from '../output/table.js';

/** A page of the audit log of an id, or undefined if no tenant ever had it. */
async function auditOf(context: CommandContext, tenantId: string, page: PageRequestInput) {
  const { runtime } = await context.session();
  try {
    return await runtime.tenants.audit(tenantId, page);
  } catch (error) {
    if (ObjectStackError.isInstance(error) && error.code === 'tenant_not_found') return undefined;
    throw error;
  }
}

/** Lists the changes of a tenant. A destroyed tenant is found by its id only. */
export const audit: Action = async (context, input) => {
  const [reference] = input.args;
  const request = pageOf(input);
  const byId = reference === undefined ? undefined : await auditOf(context, reference, request);
  const page =
    byId ??
    (await (await context.session()).runtime.tenants.audit(await context.tenantId(reference), request));
  return {
    document: page,
    text(style) {
      const rows = page.items.map(({ at, action, before, after, actor, deploymentId }) => [
        at,
        action,
        before ?? '',
        after ?? '',
        actor ?? '',
        deploymentId ?? '',
      ]);
      return table(style, ['at', 'action', 'before', 'after', 'actor', 'deployment'], rows);
    },
  };
};
