import { exclusively } from '../shared/exclusively.js';
import { isStale, type PoolContext } from './pool-context.js';
import { preparePooledDatabase } from './prepare-pooled-database.js';

async function isFull(
  context: PoolContext,
  { key, size }: NonNullable<PoolContext['pool']>,
): Promise<boolean> {
  const entries = await context.registry.listPooledDatabases();
  const counted = entries.filter(
    (entry) =>
      entry.poolKey === key &&
      (entry.status === 'ready' || (entry.status === 'preparing' && !isStale(context, entry))),
  );
  return counted.length >= size;
}

/** Prepares databases until the pool has its size, unless another process does so. */
export async function fillPool(context: PoolContext): Promise<void> {
  const { pool, background } = context;
  if (!pool) return;
  await exclusively(context, `pool:${pool.key}`, async () => {
    while (!background.signal.aborted && !(await isFull(context, pool)))
      await preparePooledDatabase(context, pool);
  });
}
