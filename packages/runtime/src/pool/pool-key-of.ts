import { createHash } from 'node:crypto';
import type { TenantRegion } from '@objectstack/spec/shared';

/** Increased when a release prepares databases differently from the same template. */
const FORMAT = 1;

/** Hash of everything that determines the content and the place of a prepared database. */
export function poolKeyOf({
  content,
  region,
}: {
  content: string | null;
  region: TenantRegion | null;
}): string {
  return createHash('sha256')
    .update(JSON.stringify(['pool', FORMAT, content, region]))
    .digest('hex');
}
