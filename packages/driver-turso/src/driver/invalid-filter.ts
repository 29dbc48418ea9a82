import { ObjectStackError } from '@objectstack/spec/shared';

export function invalidFilter(path: string, reason: string): ObjectStackError {
  return new ObjectStackError({
    code: 'invalid_filter',
    message: `${reason} (at ${path}).`,
    details: { path, reason },
  });
}

export function invalidQuery(path: string, reason: string): ObjectStackError {
  return new ObjectStackError({
    code: 'invalid_query',
    message: `${reason} (at ${path}).`,
    details: { path, reason },
  });
}
