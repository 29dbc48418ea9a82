import type { SeedEnvironment } from '@objectstack/spec/data';
import { type TenantRegion, TenantRegionSchema } from '@objectstack/spec/shared';
import { contentKeyOf } from './content-key-of.js';
import type { TemplateSource } from './read-templates.js';

/** Templates by their content keys, in every region. */
export function configuredKeys(
  environment: SeedEnvironment,
  sources: readonly TemplateSource[],
): ReadonlyMap<string, TemplateSource> {
  const regions: readonly (TenantRegion | null)[] = [null, ...TenantRegionSchema.options];
  return new Map(
    sources.flatMap((source) =>
      regions.map(
        (region) => [contentKeyOf({ checksum: source.checksum, environment, region }), source] as const,
      ),
    ),
  );
}
