import type { CallOptions, IDataDriver, StoredDeployment } from '@objectstack/spec/contracts';
import type { TenantRegion } from '@objectstack/spec/shared';
import { notSupported, unlessAborted } from '@objectstack/spec/shared';
import type { TenantPlan } from '@objectstack/spec/system';
import { assertBundleFits } from '../deploy/assert-within-quota.js';
import { quotasOfPlans } from '../quota/with-plan-quotas.js';
import { contentKeyOf } from './content-key-of.js';
import { isCompleteCopy } from './is-complete-copy.js';
import { prepareTemplate, restoreTemplate } from './prepare-template.js';
import type { TemplateSource } from './read-templates.js';
import { startingRelease } from './starting-release.js';
import { sweepTemplates, type TemplateSweepResult } from './sweep-templates.js';
import type { TemplateContext } from './template-context.js';

/** Databases with a deployed bundle, of which tenants' databases are copies. */
export interface Templates {
  /** Whether a template of this name is configured. */
  has(name: string): boolean;
  /** Identifies the content of a template and its region. Rejects with `not_supported` if it is not configured. */
  contentKey(name: string, region: TenantRegion | null): string;
  /** Throws `quota_exceeded` if the plan does not allow the objects of the template's bundle. */
  assertAllowed(name: string, plan: TenantPlan): void;
  /**
   * Returns the name of the template's database, and builds it first if it does not exist or its bundle has changed.
   * Rejects with `quota_exceeded` if the plan does not allow the objects of the bundle, and like a deployment.
   */
  prepare(
    name: string,
    request: { plan: TenantPlan; region: TenantRegion | null },
    options: CallOptions,
  ): Promise<string>;
  /**
   * Returns the release of a channel and the name of a template's database to which it is deployed, and builds that first
   * if necessary; null if the channel has no release. Rejects like `prepare`, with `bundle_not_found` and with
   * `bundle_corrupt`.
   */
  prepareChannel(
    channel: string,
    request: { plan: TenantPlan; region: TenantRegion | null },
    options: CallOptions,
  ): Promise<{ release: string; databaseName: string } | null>;
  /** Builds a template whose database is missing again. Returns false if no process of this configuration can. */
  restore(databaseName: string): Promise<boolean>;
  /** Whether the database of a driver contains the recorded deployments of its template with all seeds. */
  isCompleteCopy(driver: IDataDriver, recorded: readonly StoredDeployment[]): Promise<boolean>;
  /** Deletes templates that no process uses any more. */
  sweep(): Promise<TemplateSweepResult>;
}

const unknown = (name: string): never => {
  throw notSupported('provisioning_template', name);
};

const NOTHING_DEPLOYED = { objects: [] };

/** No template is configured. */
export const NO_TEMPLATES: Templates = {
  has: () => false,
  contentKey: unknown,
  assertAllowed: unknown,
  prepare: async (name) => unknown(name),
  prepareChannel: async () => null,
  restore: async () => false,
  isCompleteCopy: async () => true,
  sweep: async () => ({ removedTemplates: [], problems: [] }),
};

/** The server of the next copy, because a copy is stored with its original. Null if the platform chooses it. */
async function nextPlacement(
  { dataPlane: { platform } }: TemplateContext,
  region: TenantRegion | null,
): Promise<string | null> {
  const placements = await platform.listPlacements?.(region ?? undefined);
  return placements?.[0] ?? null;
}

export function createTemplates(context: TemplateContext): Templates {
  const preparing = new Map<string, Promise<string>>();
  /** Callers of one process share one preparation, so that none of them aborts it. */
  const shared = (key: string, prepare: () => Promise<string>) => {
    const running = preparing.get(key);
    if (running) return running;
    const started = prepare().finally(() => preparing.delete(key));
    preparing.set(key, started);
    return started;
  };
  const { sources, environment, group } = context;
  const sourceOf = (name: string) => sources.get(name) ?? unknown(name);
  const keyOf = (
    { checksum }: TemplateSource,
    region: TenantRegion | null,
    placement: string | null = null,
  ) => contentKeyOf({ checksum, environment, region, placement, group });
  const assertFits = ({ bundle }: TemplateSource, plan: TenantPlan) => {
    const quotas = (context.planQuotas ?? quotasOfPlans())[plan];
    assertBundleFits(quotas, { current: NOTHING_DEPLOYED, bundle }, environment);
  };
  const prepareSource = async (
    source: TemplateSource,
    { plan, region }: { plan: TenantPlan; region: TenantRegion | null },
    { signal }: CallOptions,
  ) => {
    assertFits(source, plan);
    const { bundle } = source;
    const placement = await nextPlacement(context, region);
    const contentKey = keyOf(source, region, placement);
    const request = { contentKey, region, placement, bundle };
    const prepared = shared(contentKey, () => prepareTemplate(context, request));
    return unlessAborted(prepared, signal);
  };
  return {
    has: (name) => sources.has(name),
    contentKey: (name, region) => keyOf(sourceOf(name), region),
    assertAllowed: (name, plan) => assertFits(sourceOf(name), plan),
    prepare: async (name, request, options) => prepareSource(sourceOf(name), request, options),
    async prepareChannel(channel, request, options) {
      const found = await startingRelease(context, channel);
      if (!found) return null;
      const { release, source } = found;
      if (!context.dataPlane.platform.supports.seed) throw notSupported('provisioning_template', release);
      return { release, databaseName: await prepareSource(source, request, options) };
    },
    restore: (databaseName) => restoreTemplate(context, databaseName),
    isCompleteCopy: (driver, recorded) => isCompleteCopy(context, { driver, recorded }),
    sweep: () => sweepTemplates(context),
  };
}
