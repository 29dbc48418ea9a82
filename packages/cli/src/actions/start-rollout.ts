import { ObjectStackError } from '@objectstack/spec/shared';
import type { RolloutStrategyInput } from '@objectstack/spec/system';
import type { Action, CommandInput } from '../frame/command.js';
import { CommandError, usageError } from '../frame/command-error.js';
import { listOption, numberOption } from '../frame/read-options.js';
import { followRollout } from './rollout-result.js';

/** Sizes of the waves, such as `10%` or `50`. Throws a usage error. */
const waveOf = (text: string): { percent: number } | { tenants: number } => {
  const [, amount, percent] = /^(\d{1,6})(%?)$/.exec(text) ?? [];
  if (!amount || Number(amount) === 0)
    throw usageError(`The wave ${text} must be a number of tenants such as 50, or a part such as 10%.`);
  return percent === '%' ? { percent: Number(amount) } : { tenants: Number(amount) };
};

function strategyOf(input: CommandInput): RolloutStrategyInput {
  const waves = listOption(input, 'wave').map(waveOf);
  const canary = numberOption(input, 'canary', { least: 0, most: 100 });
  const bake = numberOption(input, 'bake', { least: 0, most: 2_592_000 });
  const concurrency = numberOption(input, 'concurrency', { least: 1, most: 64 });
  const errors = numberOption(input, 'maxErrors', { least: 0 });
  return {
    allow: [...listOption(input, 'allow')],
    ...(waves.length > 0 && { waves }),
    ...(canary !== undefined && { canary: canary === 0 ? null : { tenantsPerPlan: canary } }),
    ...(bake !== undefined && { bakeMs: bake * 1_000 }),
    ...(concurrency !== undefined && { concurrency }),
    ...(errors !== undefined && { errorBudget: { tenants: errors } }),
  };
}

/** Starts a planned rollout, and waits until it ends. */
export const startRollout: Action = async (context, input) => {
  const [rolloutId = ''] = input.args;
  const { runtime } = await context.session();
  const strategy = strategyOf(input);
  try {
    await runtime.fleet.startRollout(rolloutId, strategy, { signal: context.signal });
  } catch (error) {
    if (!ObjectStackError.isInstance(error) || error.code !== 'destructive_not_allowed') throw error;
    const allow = [...(strategy.allow ?? []), ...(error.details.changes ?? [])];
    const approved = allow.map((id) => `--allow ${id}`).join(' ');
    throw new CommandError(error, {
      next: [`objectstack fleet status ${rolloutId}`, `objectstack fleet rollout ${rolloutId} ${approved}`],
    });
  }
  return followRollout(context, rolloutId);
};
