import type { RolloutTenantState } from '@objectstack/spec/system';
import type { Action } from '../frame/command.js';
import { pageOf, textOption } from '../frame/read-options.js';
import { table } from '../output/table.js';

/** Lists one page of the tenants of a rollout. */
export const listRolloutTenants: Action = async (context, input) => {
  const [id = ''] = input.args;
  const { runtime } = await context.session();
  const state = textOption(input, 'state') as RolloutTenantState | undefined;
  const request = { page: pageOf(input), ...(state !== undefined && { state }) };
  const page = await runtime.fleet.listRolloutTenants(id, request);
  return {
    document: page,
    text(style) {
      if (page.items.length === 0) return 'No tenants in this state.';
      const rows = page.items.map(({ tenantId, state: found, wave, problem }) => [
        tenantId,
        found,
        wave === null ? '' : String(wave),
        problem ? `${problem.code} ${problem.changeId ?? ''}`.trimEnd() : '',
      ]);
      const next =
        page.nextCursor === null
          ? ''
          : `\n\nMore: objectstack fleet tenants ${id} --cursor ${page.nextCursor}`;
      return table(style, ['tenant', 'state', 'wave', 'problem'], rows) + next;
    },
  };
};
