import type { IDataDriver } from '@objectstack/spec/contracts';
import {
  ObjectStackError,
  type ProblemDetails,
  throwIfAborted,
  unlessAborted,
} from '@objectstack/spec/shared';
import type { FleetSelection } from '@objectstack/spec/system';
import type { FleetContext } from './fleet-context.js';
import { selectFleet } from './select-fleet.js';

/** What was read from a tenant, or why it could not be read. */
export type TenantReading<Value> =
  | { readonly tenantId: string; readonly value: Value; readonly error?: never }
  | { readonly tenantId: string; readonly error: ProblemDetails; readonly value?: never };

export interface TenantReads<Value> {
  readonly selection: FleetSelection;
  readonly concurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly read: (driver: IDataDriver, signal: AbortSignal) => Promise<Value>;
}

type Context = Pick<FleetContext, 'registry' | 'router'>;

async function readTenant<Value>(
  { router }: Context,
  tenantId: string,
  { read, signal }: Pick<TenantReads<Value>, 'read'> & { signal: AbortSignal },
): Promise<TenantReading<Value>> {
  try {
    const driver = await unlessAborted(router.getTenantClient(tenantId), signal);
    return { tenantId, value: await unlessAborted(read(driver, signal), signal) };
  } catch (error) {
    const known = ObjectStackError.isInstance(error)
      ? error
      : new ObjectStackError({ code: 'internal', message: 'Reading the tenant failed.' });
    return { tenantId, error: known.toProblemDetails() };
  }
}

/**
 * Reads the tenants of a selection with bounded concurrency, and returns each as soon as it is read. Starts no further one
 * while the caller does not ask, so that memory does not depend on the number of tenants. Reads in progress are aborted
 * when the caller stops, which does not wait for servers that do not answer.
 */
export async function* readTenants<Value>(
  context: Context,
  { selection, concurrency, signal, read }: TenantReads<Value>,
): AsyncGenerator<TenantReading<Value>> {
  const stopping = new AbortController();
  const either = signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal;
  const reading = new Map<string, Promise<TenantReading<Value>>>();
  const next = async () => {
    const done = await unlessAborted(Promise.race(reading.values()), signal);
    reading.delete(done.tenantId);
    throwIfAborted(signal);
    return done;
  };
  try {
    for await (const tenants of selectFleet(context, selection))
      for (const { id } of tenants) {
        if (reading.size >= concurrency) yield await next();
        throwIfAborted(signal);
        reading.set(id, readTenant(context, id, { read, signal: either }));
      }
    while (reading.size > 0) yield await next();
  } finally {
    stopping.abort();
    await Promise.all(reading.values());
  }
}
