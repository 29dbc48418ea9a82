import { ObjectStackError } from '@objectstack/spec/shared';

/**
 * Runs an operation. When a tenant is suspended, its database refuses access before other processes read that in the
 * registry: then `recheck` rejects with the reason. Otherwise the operator or the provider blocked it, as its error says.
 */
export async function recheckIfBlocked<T>(
  operation: () => Promise<T>,
  recheck: () => Promise<void>,
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (ObjectStackError.isInstance(error, 'database_blocked')) await recheck();
    throw error;
  }
}
