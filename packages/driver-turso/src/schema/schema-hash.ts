import type { CurrentSchema } from '@objectstack/spec/system';
import { hashOf } from './hash.js';

export type SchemaContent = Pick<CurrentSchema, 'tables' | 'views' | 'objects' | 'components'>;

/** Hash over tables and metadata: two databases with the same hash take the same plan. */
export function schemaHashOf({ tables, views, objects, components }: SchemaContent): string {
  return hashOf({ tables, views, objects, components });
}
