import { ObjectStackError, type TenantRegion, TenantRegionSchema } from '@objectstack/spec/shared';
import * as z from 'zod';

const LARGEST_POOL = 1_000;

export const PoolOptionsSchema = z.strictObject({
  size: z.int().min(1).max(LARGEST_POOL),
  template: z.string().min(1).optional(),
  region: TenantRegionSchema.optional(),
});

/** Databases that are prepared before a tenant requests them. */
export interface PoolOptions {
  /** Number of databases to keep ready, for all processes together: from 1 to 1,000. */
  readonly size: number;
  /** Name of the template from which the databases are copied, a key of the option `templates`. Absent: they are empty. */
  readonly template?: string | undefined;
  /** Region in which the databases are created. Absent: the data plane chooses one. */
  readonly region?: TenantRegion | undefined;
}

/** Throws `configuration_invalid` if the template is not configured, or databases are created elsewhere. */
export function assertPoolUsable(
  { template }: PoolOptions,
  { hasTemplate, createsDatabases }: { hasTemplate: (name: string) => boolean; createsDatabases: boolean },
): void {
  const invalid = (message: string, settings: string[]) =>
    new ObjectStackError({ code: 'configuration_invalid', message, details: { settings } });
  if (template !== undefined && !hasTemplate(template))
    throw invalid('The option pool names a template that the option templates lacks.', ['pool.template']);
  if (!createsDatabases)
    throw invalid('A pool needs onTenantCreate.autoCreate: it creates databases before there is a tenant.', [
      'pool',
      'lifecycle.onTenantCreate.autoCreate',
    ]);
}
