import { join } from 'node:path';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { MemoryDatabase } from './memory-database.js';
import { pooledFile } from './pooled-file.js';

const ONE = { sql: 'SELECT 1' };
const MOST_CALLS = 100_000;

describe('consecutive calls to a database', () => {
  it.each(['file', 'memory', 'transaction'])('(%s) yield to timers', async (kind) => {
    const file =
      kind === 'memory'
        ? new MemoryDatabase()
        : pooledFile(join(await temporaryFolder(), 'a.db'), { create: true });
    const transaction = await file.begin();
    if (kind !== 'transaction') await transaction.rollback();
    let isTime = false;
    setTimeout(() => {
      isTime = true;
    }, 1);
    let calls = 0;
    while (!isTime && calls++ < MOST_CALLS) await (kind === 'transaction' ? transaction : file).execute(ONE);
    expect(isTime).toBe(true);
    await transaction.rollback();
  });
});
