import type { FleetAggregate, FleetAggregateQuery } from '@objectstack/spec/contracts';
import type { Action, CommandInput } from '../frame/command.js';
import { usageError } from '../frame/command-error.js';
import { isSet, listOption, namesOption, numberOption } from '../frame/read-options.js';
import { counted } from '../output/counted.js';
import type { Style } from '../output/style.js';
import { table } from '../output/table.js';
import { whereOption } from './query-data.js';
import { selectionOf } from './selection-of.js';

const FUNCTIONS = ['sum', 'min', 'max'] as const;

/** The aggregations of the options `--count`, `--sum`, `--min` and `--max`. */
function aggregationsOf(input: CommandInput): FleetAggregateQuery['aggregations'] {
  const count = isSet(input, 'count') ? [{ function: 'count' as const, alias: 'count' }] : [];
  const others = FUNCTIONS.flatMap((name) =>
    listOption(input, name).map((field) => ({ function: name, field, alias: `${name}_${field}` })),
  );
  return [...count, ...others];
}

function aggregateText(style: Style, { rows, tenants, failures }: FleetAggregate): string {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => columns.map((name) => row[name] ?? ''));
  const failed = Object.entries(failures).map(([code, count]) =>
    style.red(
      `✖ ${counted(count, 'tenant')} could not be read and ${count === 1 ? 'is' : 'are'} not included: ${code}`,
    ),
  );
  const of = `Of ${counted(tenants, 'tenant')}.`;
  const lines = [of, ...failed].join('\n');
  return rows.length === 0 ? lines : `${table(style, columns, values)}\n\n${lines}`;
}

/** Computes values over the records of many tenants. */
export const aggregateFleet: Action = async (context, input) => {
  const aggregations = aggregationsOf(input);
  if (aggregations.length === 0)
    throw usageError('At least one of the options --count, --sum, --min and --max is needed.', [
      'objectstack fleet aggregate <object> --count',
    ]);
  const selection = await selectionOf(context, input);
  const [where, groupBy] = [whereOption(input), namesOption(input, 'groupBy')];
  const concurrency = numberOption(input, 'concurrency', { least: 1, most: 64 });
  const { runtime } = await context.session();
  const result = await runtime.fleet.aggregate(
    selection,
    input.args[0] ?? '',
    { aggregations, ...(where && { where }), ...(groupBy && { groupBy }) },
    { signal: context.signal, ...(concurrency !== undefined && { concurrency }) },
  );
  return {
    document: result,
    exit: Object.keys(result.failures).length > 0 ? 'failure' : 'ok',
    text: (style) => aggregateText(style, result),
  };
};
