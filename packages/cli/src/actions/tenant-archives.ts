import { resolve } from 'node:path';
import type { CloneMasking, TenantCopyResult, TenantPlan, TenantRegion } from '@objectstack/spec/system';
import { openInput } from '../data/read-records.js';
import { writeFileCompletely } from '../data/write-file-completely.js';
import type { Action, CommandInput, CommandResult } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { textOption } from '../frame/read-options.js';
import { counted } from '../output/counted.js';

const isRecord = (line: string) => line.startsWith('{"kind":"record"');

/** Writes an archive to a file or standard output. */
export const exportTenant: Action = async (context, input) => {
  const tenantId = await context.tenantId(input.args[0]);
  const { runtime } = await context.session();
  const { signal, output, environment } = context;
  const lines = runtime.tenantData.exportTenant(tenantId, { signal });
  const out = textOption(input, 'out');
  if (out === undefined) {
    for await (const line of lines) await output.write(line);
    return undefined;
  }
  let records = 0;
  async function* countedLines() {
    for await (const line of lines) {
      if (isRecord(line)) records += 1;
      yield line;
    }
  }
  const file = resolve(environment.cwd, out);
  await writeFileCompletely(file, countedLines(), signal);
  return {
    document: { tenantId, records, file },
    text: (style) => style.green(`✔ Wrote ${counted(records, 'record')} of ${tenantId} to ${out}.`),
  };
};

/** Properties of the new tenant that the options name. */
function newTenant(input: CommandInput) {
  const slug = textOption(input, 'slug');
  const requestKey = textOption(input, 'requestKey') ?? slug;
  const [displayName, plan] = ['name', 'plan'].map((name) => textOption(input, name));
  const request = {
    ...(displayName !== undefined && { displayName }),
    ...(plan !== undefined && { plan: plan as TenantPlan }),
    ...(requestKey !== undefined && { requestKey }),
  };
  return { slug, request };
}

async function copied(
  { session, signal }: CommandContext,
  result: TenantCopyResult,
  slug: string | undefined,
): Promise<CommandResult> {
  const { tenantId, created } = result;
  const { runtime } = await session();
  if (slug !== undefined) await runtime.tenants.setSlug(tenantId, slug, { signal });
  const done = created ? 'is active' : 'was created before';
  return {
    document: result,
    text: (style) => style.green(`✔ Tenant ${slug === undefined ? '' : `${slug} `}${tenantId} ${done}.`),
  };
}

/** Creates a tenant from an archive. */
export const importTenant: Action = async (context, input) => {
  const { settings } = await context.config();
  const { runtime } = await context.session();
  const { slug, request } = newTenant(input);
  const region = textOption(input, 'region');
  const { stream } = await openInput(context.environment, input.args[0]);
  const result = await runtime.tenantData.importTenant(
    stream,
    {
      orgId: settings.organization,
      ...request,
      ...(region !== undefined && { region: region as TenantRegion }),
    },
    { signal: context.signal },
  );
  return copied(context, result, slug);
};

/** Creates a tenant as a copy of another one. */
export const cloneTenant: Action = async (context, input) => {
  const tenantId = await context.tenantId(input.args[0]);
  const { runtime } = await context.session();
  const { slug, request } = newTenant(input);
  const backupId = textOption(input, 'backup');
  const masking: CloneMasking = input.options.masking === false ? 'none' : 'rules';
  const asked = { ...request, masking, ...(backupId !== undefined && { backupId }) };
  const result = await runtime.tenantData.cloneTenant(tenantId, asked, { signal: context.signal });
  return copied(context, result, slug);
};
