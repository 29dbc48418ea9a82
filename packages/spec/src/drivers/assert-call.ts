import type { DriverOptions, TransactionOptions } from '../contracts/driver-call.js';
import type { DriverCapabilities } from '../data/driver.zod.js';
import { throwIfAborted } from '../shared/throw-if-aborted.js';
import { assertCallOptions } from './assert-arguments.js';
import { rejection } from './rejection.js';

/** The state of a driver that decides whether it accepts a call. */
export interface CallState {
  readonly isConnected: boolean;
  readonly supports: Pick<DriverCapabilities, 'transactions'>;
}

/**
 * Checks the state of the driver and the options of a call, before the call has any effect. Throws `not_connected`,
 * `invalid_request` for options that are not an object and signals that are not an `AbortSignal`, `aborted`, and
 * `not_supported` for a transaction if the driver has none.
 */
export function assertCall({ isConnected, supports }: CallState, options: DriverOptions = {}): void {
  if (!isConnected) throw rejection('not_connected');
  assertCallOptions(options);
  throwIfAborted(options.signal);
  if (options.transaction !== undefined && !supports.transactions)
    throw rejection('not_supported', { feature: 'transactions' });
}

/** Throws `not_supported` for a nested transaction without `savepoints`, and for a level that is not in `isolationLevels`. */
export function assertTransactionOptions(
  supports: Pick<DriverCapabilities, 'savepoints' | 'isolationLevels'>,
  { transaction, isolationLevel }: TransactionOptions,
): void {
  if (transaction !== undefined && !supports.savepoints)
    throw rejection('not_supported', { feature: 'savepoints' });
  if (isolationLevel !== undefined && !supports.isolationLevels.includes(isolationLevel))
    throw rejection('not_supported', { feature: 'isolationLevels' });
}
