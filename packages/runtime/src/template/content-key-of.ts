import { createHash } from 'node:crypto';
import type { SeedEnvironment } from '@objectstack/spec/data';
import type { TenantRegion } from '@objectstack/spec/shared';

/** Increased when a release builds templates differently from the same bundle. */
const FORMAT = 1;

export interface TemplateContent {
  readonly checksum: string;
  readonly environment: SeedEnvironment;
  readonly region: TenantRegion | null;
}

/** Hash of everything that determines the content and the place of a template. */
export function contentKeyOf({ checksum, environment, region }: TemplateContent): string {
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, checksum, environment, region]))
    .digest('hex');
}
