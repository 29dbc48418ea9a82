import type { TenantPlan } from '@objectstack/spec/system';
import type { Action, CommandResult } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { commandError } from '../frame/command-error.js';
import { textOption } from '../frame/read-options.js';
import { askForText } from '../output/ask.js';

async function stateOf(context: CommandContext, tenantId: string, done: string): Promise<CommandResult> {
  const { runtime } = await context.session();
  const { tenant } = await runtime.tenants.get(tenantId);
  const { provisioningStatus, plan, purgeAt } = tenant;
  const until = purgeAt === undefined ? '' : ` Its data is deleted after ${purgeAt}.`;
  return {
    document: { tenantId, provisioningStatus, plan },
    text: (style) => style.green(`✔ ${done}: ${tenantId}.${until}`),
  };
}

/** Suspends a tenant. */
export const suspendTenant: Action = async (context, { args: [reference] }) => {
  const tenantId = await context.tenantId(reference);
  const { runtime } = await context.session();
  await runtime.provisioning.suspendTenant(tenantId, { signal: context.signal });
  return stateOf(context, tenantId, 'Suspended');
};

/** Resumes a suspended tenant. */
export const resumeTenant: Action = async (context, { args: [reference] }) => {
  const tenantId = await context.tenantId(reference);
  const { runtime } = await context.session();
  await runtime.provisioning.resumeTenant(tenantId, { signal: context.signal });
  return stateOf(context, tenantId, 'Resumed');
};

/** Returns a destroyed tenant to service before its data is deleted. */
export const recoverTenant: Action = async (context, { args: [reference] }) => {
  const tenantId = await context.tenantId(reference);
  const { runtime } = await context.session();
  await runtime.provisioning.recoverTenant(tenantId, { signal: context.signal });
  return stateOf(context, tenantId, 'Recovered');
};

/** Changes the subscription plan of a tenant. */
export const changeTenantPlan: Action = async (context, { args: [plan, reference] }) => {
  const tenantId = await context.tenantId(reference);
  const { runtime } = await context.session();
  await runtime.provisioning.migrateTenantPlan(tenantId, plan as TenantPlan, { signal: context.signal });
  return stateOf(context, tenantId, `Changed to the plan ${plan}`);
};

/** Changes the slug of a tenant. */
export const renameTenant: Action = async (context, { args: [slug = '', reference] }) => {
  const tenantId = await context.tenantId(reference);
  const { runtime } = await context.session();
  await runtime.tenants.setSlug(tenantId, slug, { signal: context.signal });
  return stateOf(context, tenantId, `Renamed to ${slug}`);
};

/** Destroys a tenant whose id was typed or given. */
export const destroyTenant: Action = async (context, input) => {
  const tenantId = await context.tenantId(input.args[0]);
  const given = textOption(input, 'confirm');
  const isConfirmed =
    given === tenantId ||
    (given === undefined &&
      context.environment.isInteractive &&
      (await askForText(context, `Type ${tenantId} to destroy the tenant:`, tenantId)));
  if (!isConfirmed) {
    throw commandError({
      code: 'destructive_not_allowed',
      message: 'Destroying a tenant must be confirmed with its id. Nothing was changed.',
      next: [`objectstack tenants destroy ${tenantId} --confirm ${tenantId}`],
    });
  }
  const { runtime } = await context.session();
  await runtime.provisioning.destroyTenant(tenantId, { signal: context.signal });
  return stateOf(context, tenantId, 'Destroyed');
};

/** Adds a database with a marker to the registry. */
export const adoptTenant: Action = async (context, { args: [databaseName = ''] }) => {
  const { settings } = await context.config();
  const { runtime } = await context.session();
  const request = { databaseName, orgId: settings.organization };
  const { tenantId } = await runtime.provisioning.adoptTenant(request, { signal: context.signal });
  return stateOf(context, tenantId, 'Adopted');
};
