import { resolve } from 'node:path';
import { createSqliteSchemaDiff } from '@objectstack/driver-turso';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { DeployBundleSchema } from '@objectstack/spec/system';
import type { Action } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { table } from '../output/table.js';
import { validBundle } from '../project/load-project.js';

const TENANT = 'tenant:';

interface Version {
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

async function versionOf(context: CommandContext, given: string | undefined): Promise<Version> {
  if (given?.startsWith(TENANT)) return tenantVersion(context, given.slice(TENANT.length));
  const path = given === undefined ? undefined : resolve(context.environment.cwd, given);
  const bundle = DeployBundleSchema.parse(validBundle(await context.project(path)));
  return { name: given ?? 'bundle', objects: bundle.objects };
}

/** Compares the objects of two versions without changing anything. */
export const diff: Action = async (context, { args: [from, to] }) => {
  const before = await versionOf(context, from);
  const after = await versionOf(context, to);
  const findings = createSqliteSchemaDiff().lint({ objects: before.objects }, { objects: after.objects });
  return {
    document: { from: before.name, to: after.name, findings },
    text(style) {
      if (findings.length === 0) return style.green('✔ The objects are equal, or differ only in additions.');
      const rows = findings.map(({ risk, code, changeId, object, message }) => [
        risk,
        code,
        changeId ?? object ?? '',
        message,
      ]);
      return table(style, ['risk', 'code', 'change', 'effect'], rows);
    },
  };
};
