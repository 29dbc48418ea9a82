import { type FleetSelection, FleetSelectionSchema } from '@objectstack/spec/system';
import type { CommandInput } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { usageError } from '../frame/command-error.js';
import { isSet, listOption, textOption } from '../frame/read-options.js';

/** The tenants that the options select: those of the organization unless all were requested. Throws a usage error. */
export async function selectionOf(context: CommandContext, input: CommandInput): Promise<FleetSelection> {
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
