import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ObjectStackError } from '@objectstack/spec/shared';
import { pooledFile } from '../src/connection/pooled-file.js';

/** Works with many more files than the process may have descriptors, and says what came of it. */
const FILES = 60;
const ROUNDS = 2;

const folder = mkdtempSync(join(tmpdir(), 'many-files-'));
const files = Array.from({ length: FILES }, (_, index) =>
  pooledFile(join(folder, `${index}.db`), { create: true, durability: 'normal' }),
);
const codes: string[] = [];

function note(error: unknown): void {
  codes.push(ObjectStackError.isInstance(error) ? `${error.code}: ${error.message}` : String(error));
}

async function inTransaction(file: (typeof files)[number], value: number): Promise<void> {
  const transaction = await file.begin();
  try {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await transaction.execute({ sql: 'INSERT INTO item VALUES (?)', args: [value] });
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}

async function countOf(file: (typeof files)[number]): Promise<number> {
  return Number((await file.execute({ sql: 'SELECT count(*) AS n FROM item' })).rows[0]?.n);
}

const inAll = (work: (file: (typeof files)[number]) => Promise<unknown>) =>
  Promise.all(files.map((file) => work(file).catch(note)));

await inAll((file) => file.execute({ sql: 'CREATE TABLE item (value INTEGER)' }));
for (let round = 0; round < ROUNDS; round++) await inAll((file) => inTransaction(file, round));
const counts = await Promise.all(files.map((file) => countOf(file).catch(note)));

/** Every transaction holds one file and wants another: all wait until one of them times out. */
async function holdOneWantAnother(index: number): Promise<string> {
  const [one, other] = [join(folder, `${index}.db`), join(folder, `${(index + FILES / 2) % FILES}.db`)];
  const transaction = await pooledFile(one).begin();
  try {
    await pooledFile(other, { busyTimeoutMs: 300 }).execute({ sql: 'SELECT count(*) FROM item' });
    return 'done';
  } catch (error) {
    return ObjectStackError.isInstance(error) ? error.code : String(error);
  } finally {
    await transaction.rollback();
  }
}

const crossed = await Promise.all(Array.from({ length: FILES / 2 }, (_, index) => holdOneWantAnother(index)));
process.stdout.write(JSON.stringify({ codes, counts, crossed: [...new Set(crossed)].sort() }));
rmSync(folder, { recursive: true, force: true });
