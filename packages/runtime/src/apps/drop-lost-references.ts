import type { DeployBundle } from '@objectstack/spec/system';
import { foreignKeys } from '../seed/foreign-keys.js';
import { quote, type RunSql } from '../seed/run-sql.js';
import type { RetainedAppData } from './tenant-layers.js';

/** Statement that removes a reference, or the record if it cannot be without. */
function removal({ objects }: DeployBundle, object: string, column: string): string {
  const isRequired = objects.find(({ name }) => name === object)?.fields[column]?.required;
  return isRequired ? `DELETE FROM ${quote(object)}` : `UPDATE ${quote(object)} SET ${quote(column)} = NULL`;
}

/**
 * Records that restored data refers to may have been deleted while the app was not installed. As when they are deleted
 * now, the reference is cleared, or the record removed if it cannot be without; it stays in the retained table. Returns
 * how many records of which data were removed.
 */
export async function dropLostReferences(
  sql: RunSql,
  bundle: DeployBundle,
  data: readonly RetainedAppData[],
): Promise<Map<RetainedAppData, number>> {
  const keys = await foreignKeys(sql);
  const steps: { of: RetainedAppData; statement: string }[] = [];
  for (const of of data)
    for (const { table, target, columns, references } of keys) {
      const [column = '', id = 'id'] = [columns[0], references[0]];
      if (table !== of.object || (of.fields && !of.fields.includes(column))) continue;
      const value = `${quote(table)}.${quote(column)}`;
      const isLost = `NOT EXISTS (SELECT 1 FROM ${quote(target)} AS t WHERE t.${quote(id)} = ${value})`;
      const statement = `${removal(bundle, table, column)} WHERE ${value} IS NOT NULL AND ${isLost}`;
      steps.push({ of, statement });
    }
  const removed = new Map<RetainedAppData, number>();
  // Removing a record may leave another without the one that it refers to.
  for (let isDone = false; !isDone; ) {
    isDone = true;
    for (const { of, statement } of steps) {
      const { rowsAffected } = await sql(statement);
      if (rowsAffected > 0) isDone = false;
      if (statement.startsWith('DELETE')) removed.set(of, (removed.get(of) ?? 0) + rowsAffected);
    }
  }
  return removed;
}
