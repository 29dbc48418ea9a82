import { isDeepStrictEqual } from 'node:util';
import {
  autonumberFormatText,
  backfillProblem,
  defaultProblem,
  type Field,
  isAutonumberToken,
  type ObjectDefinition,
  parseAutonumberFormat,
} from '@objectstack/spec/data';
import { memoryError } from './memory-error.js';

/** Whether the format of an autonumber contains an unknown token. */
function isMisnumbered(field: Field, definition: ObjectDefinition): boolean {
  if (field.type !== 'autonumber') return false;
  const isToken = (name: string) => isAutonumberToken(name, definition);
  return parseAutonumberFormat(autonumberFormatText(field), isToken).problems.length > 0;
}

/**
 * Throws `invalid_request` if a new or changed field cannot store its own default or backfill value, or has an autonumber
 * format with an unknown token. A field that is deployed with the same definition is accepted.
 */
export function assertFitting(wanted: ObjectDefinition, deployed: ObjectDefinition | undefined): void {
  for (const [name, field] of Object.entries(wanted.fields)) {
    if (isDeepStrictEqual(deployed?.fields[name], field)) continue;
    if (
      (defaultProblem(field) ?? backfillProblem(field, wanted.fields)) !== undefined ||
      isMisnumbered(field, wanted)
    )
      throw memoryError('invalid_request', { object: wanted.name });
  }
}
