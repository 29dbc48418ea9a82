import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { MigrationPlan } from '@objectstack/spec/system';
import { quote } from '../../schema/quote.js';

/** Statements with which SQLite goes through every view of the schema. */
const LOOKS_AT_VIEWS: ReadonlySet<string> = new Set(['rename_table', 'rename_column', 'drop_column']);

/**
 * Throws `object_conflict` where a view that no deployment made does not work: whatever it is about, the database then
 * refuses to give anything another name, and to drop a column.
 */
export async function assertViewsWork(
  driver: IDataDriver,
  { statements, drift }: MigrationPlan,
): Promise<void> {
  if (!statements.some(({ kind }) => LOOKS_AT_VIEWS.has(kind))) return;
  for (const { kind, name } of drift) {
    if (kind !== 'view') continue;
    try {
      await driver.execute(`SELECT * FROM ${quote(name)} LIMIT 0`);
    } catch (cause) {
      if (!ObjectStackError.isInstance(cause) || cause.code !== 'sql_error') throw cause;
      throw new ObjectStackError({
        code: 'object_conflict',
        message: `The view ${name}, which no deployment made, does not work, and keeps the database from renaming anything.`,
        details: { view: name },
      });
    }
  }
}
