import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { timeForDeletion } from '../shared/clock.js';
import { configuredKeys } from './configured-keys.js';
import type { TemplateContext } from './template-context.js';

/** Result of a sweep of templates. */
export interface TemplateSweepResult {
  /** Names of the template databases that were deleted. */
  readonly removedTemplates: string[];
  /** Templates that failed to be processed. The next sweep tries them again. */
  readonly problems: { readonly databaseName: string; readonly code: ErrorCode }[];
}

async function removeTemplate({ dataPlane, registry }: TemplateContext, databaseName: string): Promise<void> {
  await dataPlane.platform.deleteDatabase(databaseName);
  await dataPlane.platform.purgeDatabase(databaseName);
  await registry.removeTemplate(databaseName);
}

/**
 * Deletes templates whose bundle no process has configured or used for the grace period, and records that those of this
 * process are in use. Idempotent, also if several processes run it concurrently.
 */
export async function sweepTemplates(context: TemplateContext): Promise<TemplateSweepResult> {
  const { registry, clock, graceMs } = context;
  const configured = await configuredKeys(context, [...context.sources.values()]);
  const usedAt = clock.now().toISOString();
  const unusedSince = new Date(timeForDeletion(clock).getTime() - graceMs).toISOString();
  const result: TemplateSweepResult = { removedTemplates: [], problems: [] };
  for (const { databaseName, contentKey } of await registry.listTemplates()) {
    try {
      if (contentKey !== null && configured.has(contentKey))
        await registry.touchTemplate(databaseName, { usedAt });
      else if (await registry.retireTemplate(databaseName, unusedSince)) {
        await removeTemplate(context, databaseName);
        result.removedTemplates.push(databaseName);
      }
    } catch (error) {
      result.problems.push({
        databaseName,
        code: ObjectStackError.isInstance(error) ? error.code : 'internal',
      });
    }
  }
  return result;
}
