import type { Action } from '../frame/command.js';
import { pageOf } from '../frame/read-options.js';
import { table } from '../output/table.js';

/** Lists one page of rollouts. */
export const listRollouts: Action = async (context, input) => {
  const { runtime } = await context.session();
  const page = await runtime.fleet.listRollouts(pageOf(input));
  return {
    document: page,
    text(style) {
      if (page.items.length === 0) return 'No rollouts. Plan one with: objectstack fleet preflight <release>';
      const rows = page.items.map(({ id, status, plan }) => [
        id,
        plan.release,
        status,
        String(plan.tenants),
        plan.createdAt,
      ]);
      const next =
        page.nextCursor === null ? '' : `\n\nMore: objectstack fleet list --cursor ${page.nextCursor}`;
      return table(style, ['rollout', 'release', 'status', 'tenants', 'planned'], rows) + next;
    },
  };
};
