import { type Client, LibsqlBatchError, LibsqlError, type ResultSet } from '@libsql/client';
import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import { afterExplained } from './after-explained.js';
import type { AtomicRequest } from './connection.js';
import { isLocked } from './map-error.js';
import { toInStatement, toResult } from './sql-values.js';

/** Whether the client enforces foreign keys again; setting a PRAGMA can do nothing without an error, so it is read back. */
async function enforceForeignKeys(client: Client): Promise<boolean> {
  try {
    await client.execute('PRAGMA foreign_keys = ON');
    const { rows } = await client.execute('PRAGMA foreign_keys');
    return rows[0]?.[0] === 1;
  } catch {
    return false;
  }
}

interface Batch {
  readonly statements: readonly SqlStatement[];
  readonly mode: AtomicRequest['mode'];
}

function atStatement(error: unknown, index: number): unknown {
  if (!(error instanceof LibsqlError)) return error;
  const { message, code, extendedCode, rawCode } = error;
  return new LibsqlBatchError(message, index, code, extendedCode, rawCode, error);
}

/** The batch one statement after the other, so that explained statements among them are out of the way of later ones. */
async function inSteps(client: Client, { statements, mode }: Batch): Promise<ResultSet[]> {
  const transaction = await client.transaction(mode);
  try {
    const results: ResultSet[] = [];
    for (const [index, statement] of statements.entries()) {
      try {
        results.push(await afterExplained(() => transaction.execute(toInStatement(statement))));
      } catch (error) {
        throw atStatement(error, index);
      }
    }
    await transaction.commit();
    return results;
  } finally {
    transaction.close();
  }
}

async function inOneGo(client: Client, batch: Batch): Promise<ResultSet[]> {
  try {
    return await client.batch(batch.statements.map(toInStatement), batch.mode);
  } catch (error) {
    if (!isLocked(error)) throw error;
    return inSteps(client, batch);
  }
}

/** Runs a batch on a client that nobody else uses meanwhile; `broken` hears that nobody may use it again. */
export async function runBatch(
  client: Client,
  {
    statements,
    request,
    broken,
  }: { statements: readonly SqlStatement[]; request: AtomicRequest; broken: () => void },
): Promise<SqlResult[]> {
  const isOff = request.foreignKeys === 'off';
  if (isOff) await client.execute('PRAGMA foreign_keys = OFF');
  try {
    const results = await inOneGo(client, { statements, mode: request.mode });
    return results.map((result, index) => toResult(result, statements[index]?.sql));
  } finally {
    if (isOff && !(await enforceForeignKeys(client))) broken();
  }
}
