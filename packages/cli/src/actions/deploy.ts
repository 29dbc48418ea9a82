import { resolve } from 'node:path';
import {
  assertReady,
  type DeployResult,
  hasNoChanges,
  type MigrationPlan,
  planApprovals,
} from '@objectstack/spec/system';
import type { Action, CommandInput, CommandResult } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { type CommandError, commandError } from '../frame/command-error.js';
import { isSet, listOption } from '../frame/read-options.js';
import { askForText, askYesNo } from '../output/ask.js';
import { counted } from '../output/counted.js';
import { planText } from '../output/plan-text.js';
import type { Style } from '../output/style.js';
import { validBundle } from '../project/load-project.js';
import { readSource } from '../project/read-source.js';

async function readPlan(
  context: CommandContext,
  tenantId: string,
  file: string | undefined,
): Promise<MigrationPlan> {
  const { dataPlane, runtime } = await context.session();
  const { environment, signal } = context;
  if (file === undefined)
    return runtime.deployments.planDeployment(tenantId, validBundle(await context.project()), { signal });
  const { value } = await readSource(environment.cwd, resolve(environment.cwd, file));
  const { findings, warnings } = (value ?? {}) as Partial<MigrationPlan>;
  return {
    ...(await dataPlane.schemaDiff.readPlan(value, { signal })),
    ...(findings && { findings }),
    ...(warnings && { warnings }),
  };
}

/** Ids that still need an approval. */
export const missingApprovals = (plan: MigrationPlan, allow: readonly string[]): string[] =>
  planApprovals(plan)
    .map(([id]) => id)
    .filter((id) => !allow.includes(id));

/** The error for changes that were not approved. */
export function notApproved(ids: readonly string[], allow: readonly string[], command: string): CommandError {
  return commandError({
    code: 'destructive_not_allowed',
    message: 'Review the plan, then approve each change by its id. --yes approves none.',
    details: { changes: [...ids] },
    next: ['objectstack plan', `${command} ${[...allow, ...ids].map((id) => `--allow ${id}`).join(' ')}`],
  });
}

/** Asks for each id that needs an approval: it must be typed. Without a terminal, they are refused. */
export async function approve(
  context: CommandContext,
  plan: MigrationPlan,
  allow: readonly string[],
  command: string,
): Promise<string[]> {
  const missing = missingApprovals(plan, allow);
  if (missing.length > 0 && !context.environment.isInteractive) throw notApproved(missing, allow, command);
  for (const id of missing) {
    const isTyped = await askForText(context, `Type ${id} to approve this change:`, id);
    if (!isTyped) throw notApproved(missing, allow, command);
  }
  return [...allow, ...missing];
}

async function confirmed(
  context: CommandContext,
  input: CommandInput,
  isReviewed: boolean,
): Promise<boolean> {
  if (isReviewed || isSet(input, 'yes') || !context.environment.isInteractive) return true;
  return askYesNo(context, 'Deploy?');
}

/** Result of a deployment for people. */
export function deploymentText(style: Style, result: DeployResult): string {
  const written = result.seeds.reduce((sum, { inserted, updated }) => sum + inserted + updated, 0);
  const seeds = written > 0 ? `, ${counted(written, 'seed record')} written` : '';
  if (result.outcome === 'unchanged')
    return style.green('✔ Nothing to deploy: the bundle is already in effect.');
  if (result.outcome === 'already_applied')
    return style.green(`✔ Already deployed as ${result.deploymentId}.`);
  const seconds = (result.durationMs / 1_000).toFixed(2);
  return style.green(
    `✔ Deployed ${result.deploymentId}: ${counted(result.statementsExecuted, 'statement')}${seeds} in ${seconds} s.`,
  );
}

/** Plans and deploys the bundle, or executes a plan that was written before. */
export const deploy: Action = async (context, input): Promise<CommandResult> => {
  const { output, signal } = context;
  const [file] = input.args;
  const tenantId = await context.tenantId();
  const plan = await readPlan(context, tenantId, file);
  if (!hasNoChanges(plan)) output.note(`${planText(output.style, plan)}\n`);
  const command = file === undefined ? 'objectstack deploy' : `objectstack deploy ${file}`;
  const allow = await approve(context, plan, listOption(input, 'allow'), command);
  const isApproved = allow.length > listOption(input, 'allow').length;
  if (!hasNoChanges(plan) && !(await confirmed(context, input, isApproved || file !== undefined)))
    throw commandError({
      code: 'aborted',
      message: 'The deployment was not confirmed. Nothing was changed.',
      exit: 'refused',
    });
  const { runtime } = await context.session();
  const result = await runtime.deployments.executeDeployment(tenantId, plan, { signal, allow });
  assertReady(result);
  return { document: result, text: (style) => deploymentText(style, result) };
};
