import { assertReady, type TenantPlan, type TenantProvisioningRequestInput } from '@objectstack/spec/system';
import type { Action } from '../frame/command.js';
import { textOption } from '../frame/read-options.js';

/** Creates a tenant; with a slug or a key, repeating it returns the same tenant. */
export const createTenant: Action = async (context, input) => {
  const { signal } = context;
  const { settings } = await context.config();
  const { runtime } = await context.session();
  const slug = textOption(input, 'slug');
  const requestKey = textOption(input, 'requestKey') ?? slug;
  const [displayName, plan, region] = ['name', 'plan', 'region'].map((name) => textOption(input, name));
  const templateName = textOption(input, 'template');
  const request = {
    orgId: settings.organization,
    ...(displayName !== undefined && { displayName }),
    ...(plan !== undefined && { plan: plan as TenantPlan }),
    ...(region !== undefined && { region: region as NonNullable<TenantProvisioningRequestInput['region']> }),
    ...(requestKey !== undefined && { requestKey }),
    ...(templateName !== undefined && { templateName }),
  };
  const result = await runtime.provisioning.provisionTenant(request, { signal });
  assertReady(result);
  if (slug !== undefined) await runtime.tenants.setSlug(result.tenantId, slug, { signal });
  return {
    document: result,
    text: (style) =>
      style.green(`✔ Tenant ${slug === undefined ? '' : `${slug} `}${result.tenantId} is active.`),
  };
};
