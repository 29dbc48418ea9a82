import { isIntegerId } from '@objectstack/spec/data';
import type { ObjectModel } from './object-model.js';

/**
 * The id as it is compared with the ids of an object; null if no record can have it. SQLite would compare an integer id with
 * the number that a text such as `05` or `5.0` denotes.
 */
export const idOfRecord = ({ idType }: Pick<ObjectModel, 'idType'>, id: string): string | null =>
  idType === 'integer' && !isIntegerId(id) ? null : id;
