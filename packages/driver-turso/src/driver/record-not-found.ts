import { ObjectStackError } from '@objectstack/spec/shared';

export function recordNotFound(object: string, index?: number): ObjectStackError {
  return new ObjectStackError({
    code: 'record_not_found',
    message: `${object} has no record with this id. Check the id.`,
    details: { object, ...(index !== undefined && { index }) },
  });
}
