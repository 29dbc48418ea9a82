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
  /** Number of databases that are ready, of all processes together. */
  readonly size: number;
  /** Name of the template that they are copies of. Absent: they are empty. */
  readonly template?: string | undefined;
  /** Region in which they are created. Absent: in no particular one. */
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
