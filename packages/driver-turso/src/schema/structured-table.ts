import type { Table, TableColumn } from '@objectstack/spec/system';
import { columnDefinitions, tableConstraints, tableOptions } from './column-definitions.js';
import { foreignKeyOn } from './column-named.js';
import { freezeDeeply, memoizeFrozen } from './freeze-deeply.js';

/** Whether a column has a key that its own definition does not declare, but a table constraint. */
function isDeclaredElsewhere(table: Table, { name, primaryKey }: TableColumn, definition: string): boolean {
  if (primaryKey > 0 && !/\bPRIMARY\s+KEY\b/i.test(definition)) return true;
  return foreignKeyOn(table, name) !== undefined && !/\bREFERENCES\b/i.test(definition);
}

/** The table with the columns to which foreign keys refer if they name none: the key of every object is `id`. */
function withReferences(table: Table): Table {
  if (table.foreignKeys.every(({ references }) => references.length > 0)) return table;
  const foreignKeys = table.foreignKeys.map((key) =>
    key.references.length > 0 ? key : { ...key, references: ['id'] },
  );
  return freezeDeeply({ ...table, foreignKeys });
}

/**
 * The same table described by its columns and table constraints instead of its whole statement, so that columns can be
 * added to it. A table without row ids is returned as it is, and so is a STRICT table with a column of type ANY: without
 * STRICT, which a rebuild does not keep, that column would turn texts such as '007' into numbers.
 */
export const structuredTable = memoizeFrozen((given: Table): Table => {
  const table = withReferences(given);
  if (table.sql === null) return table;
  const options = tableOptions(table.sql);
  const isStrict = options === 'STRICT' && table.columns.every(({ type }) => type !== 'ANY');
  if (options !== '' && !isStrict) return table;
  const constraints = tableConstraints(table.sql);
  const definitions = columnDefinitions(table.sql);
  const columns = table.columns.map((column): TableColumn => {
    const definition = definitions.get(column.name) ?? '';
    return isDeclaredElsewhere(table, column, definition) ? { ...column, definition } : column;
  });
  return freezeDeeply({
    ...table,
    columns,
    sql: null,
    ...(constraints.length > 0 && { constraints }),
    ...(isStrict && { strict: true as const }),
  });
});
