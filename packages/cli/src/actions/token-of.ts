import type { CommandInput } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { commandError } from '../frame/command-error.js';
import { textOption } from '../frame/read-options.js';

/** The token in the environment variable that `--token-env` names; undefined without this option. */
export async function tokenOf(context: CommandContext, input: CommandInput): Promise<string | undefined> {
  const name = textOption(input, 'tokenEnv');
  if (name === undefined) return undefined;
  const { variables } = await context.config();
  const token = variables[name];
  if (token) return token;
  throw commandError({
    code: 'configuration_incomplete',
    message: `The environment variable ${name} is not set. Set it, or add it to .env.`,
    details: { missing: [name] },
    next: ['objectstack doctor'],
  });
}
