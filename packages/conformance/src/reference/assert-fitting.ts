import { isDeepStrictEqual } from 'node:util';
import { backfillProblem, defaultProblem, type ObjectDefinition } from '@objectstack/spec/data';
import { memoryError } from './memory-error.js';

/**
 * Throws `invalid_request` if a new or changed field cannot store its own default or backfill value. A field that is
 * deployed with the same definition is accepted.
 */
export function assertFitting(wanted: ObjectDefinition, deployed: ObjectDefinition | undefined): void {
  for (const [name, field] of Object.entries(wanted.fields)) {
    if (isDeepStrictEqual(deployed?.fields[name], field)) continue;
    if (defaultProblem(field) ?? backfillProblem(field, wanted.fields))
      throw memoryError('invalid_request', { object: wanted.name });
  }
}
