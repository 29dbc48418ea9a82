import type { TemplateRecord } from '@objectstack/spec/contracts';
import { ObjectStackError, type TenantRegion } from '@objectstack/spec/shared';
import type { DeployBundle } from '@objectstack/spec/system';
import { buildTemplate } from './build-template.js';
import { configuredKeys } from './configured-keys.js';
import { createTemplateName } from './create-template-name.js';
import { startingSources } from './starting-release.js';
import type { TemplateContext } from './template-context.js';

/** Number of attempts to build a template that is deleted meanwhile. */
const ATTEMPTS = 3;

interface TemplateRequest {
  readonly contentKey: string;
  readonly region: TenantRegion | null;
  /** Server of the database. Null if the platform chooses it. */
  readonly placement: string | null;
  readonly bundle: DeployBundle;
}

const usedNow = ({ clock }: TemplateContext) => clock.now().toISOString();

async function findOrAdd(context: TemplateContext, request: TemplateRequest): Promise<TemplateRecord> {
  const { contentKey, region } = request;
  const found = await context.registry.findTemplate(contentKey);
  if (found) return found;
  const databaseName = createTemplateName();
  const record = { databaseName, contentKey, region, status: 'building', usedAt: usedNow(context) } as const;
  return context.registry.addTemplate(record);
}

/** Part of the grace period after which the use of a template is recorded again. */
const RECORDED_PART = 0.25;

function isRecentlyUsed({ clock, graceMs }: TemplateContext, { usedAt }: TemplateRecord): boolean {
  return clock.now().getTime() - Date.parse(usedAt) < graceMs * RECORDED_PART;
}

/** The name of a database with the template's content. Builds it unless a process has done so. */
export async function prepareTemplate(context: TemplateContext, request: TemplateRequest): Promise<string> {
  const { registry } = context;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const record = await findOrAdd(context, request);
    const { databaseName } = record;
    const isReady = record.status === 'ready';
    if (isReady && isRecentlyUsed(context, record)) return databaseName;
    if (!isReady) await buildTemplate(context, record, request);
    if (await registry.touchTemplate(databaseName, { usedAt: usedNow(context), isReady: true }))
      return databaseName;
  }
  throw new ObjectStackError({
    code: 'database_busy',
    message: 'The template was deleted each time it was built. Check the clocks of the processes.',
  });
}

/** Builds the database of a template again under its name, because tenants are recorded as copies of it. */
export async function restoreTemplate(context: TemplateContext, databaseName: string): Promise<boolean> {
  const records = await context.registry.listTemplates();
  const record = records.find((one) => one.databaseName === databaseName);
  if (!record) return false;
  const key = record.contentKey ?? '';
  const configured = (await configuredKeys(context, [...context.sources.values()])).get(key);
  const found = configured ?? (await configuredKeys(context, await startingSources(context))).get(key);
  if (!found) return false;
  const { source, placement } = found;
  await buildTemplate(context, record, { bundle: source.bundle, placement });
  return true;
}
