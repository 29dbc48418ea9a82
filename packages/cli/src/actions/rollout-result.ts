import { formatRollout, type Rollout } from '@objectstack/spec/system';
import type { CommandResult } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';

const FAILED = ['stopped', 'aborted'];
const MOST_FAILURES = 20;

const failuresOf = ({ progress: { states } }: Rollout): number =>
  (states.failed ?? 0) + (states.rollback_failed ?? 0);

/** A rollout with its failed tenants; exit code 1 if it stopped, or if a tenant failed. */
export async function rolloutResult(context: CommandContext, rollout: Rollout): Promise<CommandResult> {
  const { runtime } = await context.session();
  const page = { limit: MOST_FAILURES };
  const failed =
    failuresOf(rollout) === 0 || context.output.isJson
      ? []
      : (await runtime.fleet.listRolloutTenants(rollout.id, { state: 'failed', page })).items;
  const hasFailed = FAILED.includes(rollout.status) || failuresOf(rollout) > 0;
  return {
    document: rollout,
    exit: hasFailed ? 'failure' : 'ok',
    text: (style) => {
      const next = rollout.status === 'planned' ? 'rollout' : 'resume';
      const canContinue = ['planned', 'paused', 'stopped'].includes(rollout.status);
      const step = canContinue ? `\n\nNext: ${style.cyan(`objectstack fleet ${next} ${rollout.id}`)}` : '';
      return formatRollout(rollout, failed).trimEnd() + step;
    },
  };
}

/** Waits until a rollout does not run any more, and shows how far it is in a terminal. */
export async function followRollout(context: CommandContext, rolloutId: string): Promise<CommandResult> {
  const { runtime } = await context.session();
  const { signal, output, environment } = context;
  for await (const { plan, wave, progress } of runtime.fleet.watchRollout(rolloutId, { signal })) {
    if (output.isJson || !environment.isTerminal) continue;
    const pending = progress.states.pending ?? 0;
    const done = plan.tenants - pending;
    environment.stderr.write(`\r\u001b[Kwave ${wave}: ${done} of ${plan.tenants} tenants`);
  }
  if (!output.isJson && environment.isTerminal) environment.stderr.write('\r\u001b[K');
  return rolloutResult(context, await runtime.fleet.getRollout(rolloutId));
}
