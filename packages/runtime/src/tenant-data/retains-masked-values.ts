import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { SYSTEM_OBJECTS } from '@objectstack/spec/system';
import { hasMaskingRules } from '../masking/record-masks.js';

/** The part of the information for a rollback that has the previous definitions. */
interface Undo {
  readonly objects?: readonly { readonly before?: ObjectDefinition }[];
}

/**
 * Whether a rollback could restore values of a field that had a masking rule: removed fields and objects are retained, and have
 * no definition in effect. Something must have been deployed to the database.
 */
export async function retainsMaskedValues(driver: IDataDriver): Promise<boolean> {
  const query = { fields: ['undo'], orderBy: [{ field: 'id' }] };
  for await (const { undo } of driver.findStream(SYSTEM_OBJECTS.deployment.name, query, { system: true })) {
    const { objects = [] } = (undo ?? {}) as Undo;
    if (hasMaskingRules(objects.flatMap(({ before }) => before ?? []))) return true;
  }
  return false;
}
