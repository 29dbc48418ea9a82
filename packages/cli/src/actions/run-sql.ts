import { text as textOf } from 'node:stream/consumers';
import type { SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { Action } from '../frame/command.js';
import { CommandError, usageError } from '../frame/command-error.js';
import { isSet } from '../frame/read-options.js';
import { table } from '../output/table.js';

/** A value of a row that JSON can express. */
function toJson(value: SqlValue): string | number | boolean | null {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

/** Runs one statement in the tenant's database, which only reads unless writing was permitted. */
export const runSql: Action = async (context, input) => {
  const { environment, signal } = context;
  const sql = (input.args[0] ?? (await textOf(environment.stdin))).trim().replace(/;$/, '');
  if (sql === '') throw usageError('The SQL statement is empty.', ['objectstack sql --help']);
  const tenantId = await context.tenantId();
  const { runtime } = await context.session();
  const driver = await runtime.router.getTenantClient(tenantId);
  const mode = isSet(input, 'write') ? 'write' : 'read';
  const [result] = await driver.executeAtomic([{ sql }], { mode, signal }).catch((error) => {
    if (ObjectStackError.isInstance(error) && error.code === 'not_allowed' && mode === 'read')
      throw new CommandError(error, { next: ['objectstack sql --write "…"'] });
    throw error;
  });
  const rows = (result?.rows ?? []).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toJson(value)])),
  );
  const rowsAffected = result?.rowsAffected ?? 0;
  return {
    document: { rows, rowsAffected },
    text(style) {
      if (rows.length === 0)
        return mode === 'write' ? style.green(`✔ ${rowsAffected} rows changed.`) : 'No rows.';
      const columns = Object.keys(rows[0] ?? {});
      return table(
        style,
        columns,
        rows.map((row) => columns.map((name) => row[name] ?? '')),
      );
    },
  };
};
