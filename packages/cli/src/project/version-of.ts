import { resolve } from 'node:path';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { DeployBundleSchema } from '@objectstack/spec/system';
import type { CommandContext } from '../frame/command-context.js';
import { validBundle } from './load-project.js';

const TENANT = 'tenant:';

/** Objects of a bundle, or those that a tenant has. */
export interface Version {
  readonly name: string;
  readonly objects: readonly ObjectDefinition[];
}

async function tenantVersion(context: CommandContext, reference: string): Promise<Version> {
  const tenantId = await context.tenantId(reference === '' ? undefined : reference);
  const { runtime, dataPlane } = await context.session();
  const driver = await runtime.router.getTenantClient(tenantId);
  const { objects } = await dataPlane.schemaDiff.introspect(driver, { signal: context.signal });
  return {
    name: `${TENANT}${tenantId}`,
    objects: objects.filter(({ owner }) => owner === 'tenant').map(({ definition }) => definition),
  };
}

/** The version at a path or of a tenant (`tenant:` and its id or slug); without either, the bundle of the project. */
export async function versionOf(context: CommandContext, given: string | undefined): Promise<Version> {
  if (given?.startsWith(TENANT)) return tenantVersion(context, given.slice(TENANT.length));
  const path = given === undefined ? undefined : resolve(context.environment.cwd, given);
  const bundle = DeployBundleSchema.parse(validBundle(await context.project(path)));
  return { name: given ?? 'bundle', objects: bundle.objects };
}
