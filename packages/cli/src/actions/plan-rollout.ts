import {
  type FleetSelection,
  FleetSelectionSchema,
  type RolloutPlan,
  type RolloutUpgradeInput,
} from '@objectstack/spec/system';
import type { Action, CommandInput } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { usageError } from '../frame/command-error.js';
import { isSet, listOption, numberOption, textOption } from '../frame/read-options.js';
import { counted } from '../output/counted.js';
import type { Style } from '../output/style.js';
import { table, visibleText } from '../output/table.js';

/** The tenants that the options select: those of the organization unless all were requested. Throws a usage error. */
async function selectionOf(context: CommandContext, input: CommandInput): Promise<FleetSelection> {
  const { settings } = await context.config();
  const only = listOption(input, 'only');
  const tenantIds = await Promise.all(only.map((reference) => context.tenantId(reference)));
  const given = Object.fromEntries(
    ['channel', 'plan', 'region'].flatMap((name) => {
      const value = textOption(input, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const selection = {
    ...given,
    ...(tenantIds.length > 0 && { tenantIds }),
    ...(!isSet(input, 'all') && { organizationId: settings.organization }),
  };
  const parsed = FleetSelectionSchema.safeParse(selection);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map(({ path }) => `--${path.join('.')}`);
  throw usageError(`These options are not valid: ${names.join(', ')}.`);
}

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
