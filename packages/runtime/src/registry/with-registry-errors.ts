import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { lacksTables } from '../shared/lacks-tables.js';

export function registryTablesMissing(): ObjectStackError {
  return new ObjectStackError({
    code: 'database_invalid',
    message:
      'The control database lacks tables or columns of the registry: it was emptied, replaced or changed. Stop every ' +
      'process that uses it and restore it from a backup.',
    details: { reason: 'tables_missing' },
  });
}

const typed = (error: unknown) => (lacksTables(error) ? registryTablesMissing() : error);

/** Wraps a registry so that missing tables are reported as `database_invalid` instead of `sql_error`. */
export function withRegistryErrors(registry: ITenantRegistry): ITenantRegistry {
  const wrap = (method: unknown) =>
    typeof method !== 'function'
      ? method
      : async (...args: unknown[]) => {
          try {
            return await method.apply(registry, args);
          } catch (error) {
            throw typed(error);
          }
        };
  const wrapped = Object.entries(registry).map(([name, method]) => [name, wrap(method)]);
  return Object.fromEntries(wrapped) as ITenantRegistry;
}
