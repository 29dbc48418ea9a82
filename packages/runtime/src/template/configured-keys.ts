import { type TenantRegion, TenantRegionSchema } from '@objectstack/spec/shared';
import { contentKeyOf } from './content-key-of.js';
import type { TemplateSource } from './read-templates.js';
import type { TemplateContext } from './template-context.js';

/** A template on one server. */
export interface PlacedSource {
  readonly source: TemplateSource;
  /** Null if the platform chooses the server. */
  readonly placement: string | null;
}

const REGIONS: readonly (TenantRegion | null)[] = [null, ...TenantRegionSchema.options];

/** Templates by their content keys, in every region and on every server that accepts databases. */
export async function configuredKeys(
  { environment, dataPlane, group }: Pick<TemplateContext, 'environment' | 'dataPlane' | 'group'>,
  sources: readonly TemplateSource[],
): Promise<ReadonlyMap<string, PlacedSource>> {
  const placements = (await dataPlane.platform.listPlacements?.()) ?? [null];
  const places = REGIONS.flatMap((region) => placements.map((placement) => ({ region, placement })));
  return new Map(
    sources.flatMap((source) =>
      places.map(({ region, placement }) => {
        const { checksum } = source;
        return [
          contentKeyOf({ checksum, environment, region, placement, group }),
          { source, placement },
        ] as const;
      }),
    ),
  );
}
