import { createHash } from 'node:crypto';
import type { SeedEnvironment } from '@objectstack/spec/data';
import type { TenantRegion } from '@objectstack/spec/shared';

/** Increased when a release builds templates differently from the same bundle. */
const FORMAT = 1;

export interface TemplateContent {
  readonly checksum: string;
  readonly environment: SeedEnvironment;
  readonly region: TenantRegion | null;
  /** Server of the database. Null if the platform chooses it. */
  readonly placement: string | null;
  /** Group of the database. Absent: that of the platform. */
  readonly group?: string | undefined;
}

/** Hash of everything that determines the content and the place of a template. */
export function contentKeyOf({ checksum, environment, region, placement, group }: TemplateContent): string {
  const place = placement === null && group === undefined ? [] : [placement, group ?? null];
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, checksum, environment, region, ...place]))
    .digest('hex');
}
