import type { RolloutPlan, RolloutUpgradeInput } from '@objectstack/spec/system';
import type { Action, CommandInput } from '../frame/command.js';
import { isSet, numberOption } from '../frame/read-options.js';
import { counted } from '../output/counted.js';
import type { Style } from '../output/style.js';
import { table, visibleText } from '../output/table.js';
import { selectionOf } from './selection-of.js';

function planText(style: Style, plan: RolloutPlan): string {
  const groups = plan.groups.map(({ tenants, statements, hasChanges }) => [
    String(tenants),
    hasChanges ? counted(statements, 'statement') : 'no changes',
  ]);
  const refusals = plan.refusals.map(
    ({ code, tenants, changeId, appIssue, rows }) =>
      `  ${style.red(code)}  ${[
        counted(tenants, 'tenant'),
        ...[changeId, appIssue?.code, appIssue?.subject].flatMap((text) =>
          text === undefined ? [] : visibleText(text),
        ),
        counted(rows, 'record'),
      ].join(', ')}`,
  );
  const approvals = plan.approvals.map(
    ({ id, tenants, rows }) =>
      `  --allow ${visibleText(id)}  ${counted(tenants, 'tenant')}, ${counted(rows, 'record')}`,
  );
  const allow = plan.approvals.map(({ id }) => ` --allow ${id}`).join('');
  return [
    table(style, ['tenants', 'plan'], groups),
    ...(refusals.length > 0 ? [[style.bold('Refused'), ...refusals].join('\n')] : []),
    ...(approvals.length > 0 ? [[style.bold('Needs approval'), ...approvals].join('\n')] : []),
    `${counted(plan.tenants, 'tenant')}: ${plan.refusedTenants} refused, ${plan.upToDateTenants} up to date. Nothing was changed.`,
    `Next: ${style.cyan(`objectstack fleet rollout ${plan.rolloutId}${allow}`)}`,
  ].join('\n\n');
}

/** How an app is upgraded; undefined without an option for it. */
function upgradeOf(input: CommandInput): RolloutUpgradeInput | undefined {
  const [takesApp, allowDowngrade] = [isSet(input, 'takeApp'), isSet(input, 'allowDowngrade')];
  if (!takesApp && !allowDowngrade) return undefined;
  return { ...(takesApp && { onConflict: 'take_app' as const }), allowDowngrade };
}

/** Plans a rollout and checks every tenant. Changes none. */
export const planRollout: Action = async (context, input) => {
  const [release = ''] = input.args;
  const selection = await selectionOf(context, input);
  const concurrency = numberOption(input, 'concurrency', { least: 1, most: 64 });
  const upgrade = upgradeOf(input);
  const { runtime } = await context.session();
  const plan = await runtime.fleet.planRollout(release, selection, {
    signal: context.signal,
    ...(concurrency !== undefined && { concurrency }),
    ...(upgrade && { upgrade }),
  });
  return { document: plan, text: (style) => planText(style, plan) };
};
