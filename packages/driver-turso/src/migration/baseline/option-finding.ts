import type { BaselineFinding, Table } from '@objectstack/spec/system';
import { tableOptions } from '../../schema/column-definitions.js';
import { otherWays } from './other-ways.js';

/** The finding about a table with an option that it cannot keep; `table` is described by its whole statement. */
export function optionFinding(table: Table): Omit<BaselineFinding, 'object'> {
  const options = tableOptions(table.sql ?? '');
  const any = table.columns.filter(({ type }) => type === 'ANY').map(({ name }) => name);
  const [found, without] =
    options === 'STRICT'
      ? [`STRICT, and columns of the type ANY: ${any.join(', ')}`, 'the option or without such columns']
      : [options, 'the option'];
  return {
    code: 'table_constraint',
    severity: 'error',
    message: `The table has an option that a table rebuild does not keep: ${found}.`,
    next: `Recreate the table without ${without}, ${otherWays(table.name, 'table')}`,
  };
}
