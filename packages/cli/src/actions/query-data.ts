import type { DataRecord } from '@objectstack/spec/contracts';
import type { Filter, QueryInput } from '@objectstack/spec/data';
import { openObject } from '../data/object-definition.js';
import type { Action, CommandInput } from '../frame/command.js';
import { namesOption, numberOption, parseJson, textOption } from '../frame/read-options.js';
import { table } from '../output/table.js';

const DEFAULT_LIMIT = 20;

/** Filter of the option `--where`. */
export function whereOption(input: CommandInput): Filter | undefined {
  const text = textOption(input, 'where');
  return text === undefined ? undefined : (parseJson(text, 'The filter of --where') as Filter);
}

function orderOf(input: CommandInput): QueryInput['orderBy'] {
  return namesOption(input, 'orderBy')?.map((part) => {
    const [field = '', order] = part.split(':');
    return order === 'desc' ? { field, order: 'desc' as const } : { field };
  });
}

/** Query of the options `--where`, `--fields`, `--order-by` and `--limit`. */
export function queryOption(input: CommandInput): QueryInput {
  const limit = numberOption(input, 'limit', { least: 0 }) ?? DEFAULT_LIMIT;
  const [where, fields, orderBy] = [whereOption(input), namesOption(input, 'fields'), orderOf(input)];
  return {
    ...(where && { where }),
    ...(fields && { fields }),
    ...(orderBy && { orderBy }),
    ...(limit > 0 && { limit }),
  };
}

/** Finds records: a table for people, one record in each line for programs. */
export const queryData: Action = async (context, input) => {
  const { driver, definition } = await openObject(context, input.args[0] ?? '');
  const { output, signal } = context;
  const records: DataRecord[] = [];
  for await (const record of driver.findStream(definition.name, queryOption(input), { signal })) {
    if (output.isJson) await output.writeJson(record);
    else records.push(record);
  }
  if (output.isJson) return undefined;
  return {
    document: records,
    text(style) {
      if (records.length === 0) return 'No records match.';
      const columns = Object.keys(records[0] ?? {});
      return table(
        style,
        columns,
        records.map((record) => columns.map((name) => record[name] ?? '')),
      );
    },
  };
};
