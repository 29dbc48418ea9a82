import { openLocalDatabase } from '@objectstack/driver-turso';

/** Path of the file whose write lock is held until standard input ends. */
export interface HoldLockInput {
  path: string;
}

const { path }: HoldLockInput = JSON.parse(process.argv[2] ?? '');
const database = openLocalDatabase({ path });
const transaction = await database.begin();
process.stdout.write('held');
for await (const _chunk of process.stdin);
await transaction.rollback();
await database.close();
