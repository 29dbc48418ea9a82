import { openLocalDatabase } from '@objectstack/driver-turso';

/** Holds the write lock of a file until its standard input ends. */
const { path }: { path: string } = JSON.parse(process.argv[2] ?? '');
const database = openLocalDatabase({ path });
const transaction = await database.begin();
process.stdout.write('held');
for await (const _chunk of process.stdin);
await transaction.rollback();
await database.close();
