import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { MigrationPlan } from '@objectstack/spec/system';
import { quote } from '../../schema/quote.js';

/** Kinds of statements for which SQLite resolves every view of the schema. */
const RESOLVES_VIEWS: ReadonlySet<string> = new Set(['rename_table', 'rename_column', 'drop_column']);

/**
 * Throws `object_conflict` if an unmanaged view is invalid: SQLite then rejects every rename and every dropped column,
 * even of tables that the view does not read.
 */
export async function assertViewsWork(
  driver: IDataDriver,
  { statements, drift }: MigrationPlan,
): Promise<void> {
  if (!statements.some(({ kind }) => RESOLVES_VIEWS.has(kind))) return;
  for (const { kind, name } of drift) {
    if (kind !== 'view') continue;
    try {
      await driver.execute(`SELECT * FROM ${quote(name)} LIMIT 0`);
    } catch (cause) {
      if (!ObjectStackError.isInstance(cause) || cause.code !== 'sql_error') throw cause;
      throw new ObjectStackError({
        code: 'object_conflict',
        message: `The unmanaged view ${name} is invalid, and the database rejects renames and dropped columns while it exists. Repair or drop the view.`,
        details: { view: name },
      });
    }
  }
}
