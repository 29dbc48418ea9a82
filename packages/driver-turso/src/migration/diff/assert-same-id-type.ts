import type { ObjectDefinition } from '@objectstack/spec/data';
import { notSupported } from '@objectstack/spec/shared';

/** Throws `not_supported` if a deployment would change the type of the ids of existing records. */
export function assertSameIdType(after: ObjectDefinition, before: ObjectDefinition | undefined): void {
  if (!before || (before.idType ?? 'text') === (after.idType ?? 'text')) return;
  throw notSupported('id_type_change', after.name);
}
