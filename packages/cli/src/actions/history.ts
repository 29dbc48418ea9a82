import type { Action } from '../frame/command.js';
import { pageOf } from '../frame/read-options.js';
import { table } from '../output/table.js';

/** Lists the deployments of a tenant. */
export const history: Action = async (context, input) => {
  const tenantId = await context.tenantId();
  const { runtime } = await context.session();
  const page = await runtime.deployments.list(tenantId, pageOf(input));
  return {
    document: page,
    text(style) {
      if (page.items.length === 0) return 'Nothing has been deployed yet. Deploy with: objectstack deploy';
      const rows = page.items.map(({ id, bundleVersion, status, startedAt, rollbackOf, supersededBy }) => [
        id,
        bundleVersion,
        status,
        startedAt,
        rollbackOf === undefined
          ? supersededBy === undefined
            ? ''
            : 'rolled back'
          : `rolls back ${rollbackOf}`,
      ]);
      const next =
        page.nextCursor === null ? '' : `\n\nMore: objectstack history --cursor ${page.nextCursor}`;
      return table(style, ['deployment', 'version', 'status', 'started', 'note'], rows) + next;
    },
  };
};
