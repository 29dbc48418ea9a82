import type { Action } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { commandError } from '../frame/command-error.js';
import { followRollout, rolloutResult } from './rollout-result.js';

/** Id of the rollout that was given, or of the latest one. */
async function rolloutId(context: CommandContext, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const { runtime } = await context.session();
  const [latest] = (await runtime.fleet.listRollouts({ limit: 1 })).items;
  if (latest) return latest.id;
  throw commandError({
    code: 'rollout_not_found',
    message: 'There is no rollout yet.',
    next: ['objectstack fleet release <name>', 'objectstack fleet preflight <release>'],
  });
}

/** Shows a rollout, by default the latest one. */
export const showRollout: Action = async (context, { args: [given] }) => {
  const id = await rolloutId(context, given);
  const { runtime } = await context.session();
  return rolloutResult(context, await runtime.fleet.getRollout(id));
};

/** Pauses a rollout: deployments in progress end, no further one is started. */
export const pauseRollout: Action = async (context, { args: [given = ''] }) => {
  const { runtime } = await context.session();
  return rolloutResult(context, await runtime.fleet.pauseRollout(given, { signal: context.signal }));
};

/** Continues a rollout in this process until it ends. */
export const resumeRollout: Action = async (context, { args: [given = ''] }) => {
  const { runtime } = await context.session();
  await runtime.fleet.resumeRollout(given, { signal: context.signal });
  return followRollout(context, given);
};

/** Ends a rollout for good. */
export const abortRollout: Action = async (context, { args: [given = ''] }) => {
  const { runtime } = await context.session();
  const { exit: _, ...result } = await rolloutResult(
    context,
    await runtime.fleet.abortRollout(given, { signal: context.signal }),
  );
  return result;
};

/** Rolls back every deployment of a rollout, in this process. */
export const rollbackRollout: Action = async (context, { args: [given = ''] }) => {
  const { runtime } = await context.session();
  await runtime.fleet.rollbackRollout(given, { signal: context.signal });
  return followRollout(context, given);
};
