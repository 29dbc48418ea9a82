import type { DataRecord } from '@objectstack/spec/contracts';
import type { Action } from '../frame/command.js';
import { numberOption } from '../frame/read-options.js';
import { counted } from '../output/counted.js';
import type { Style } from '../output/style.js';
import { table } from '../output/table.js';
import { queryOption } from './query-data.js';
import { selectionOf } from './selection-of.js';

const LARGEST_TABLE = 1_000;

interface Found {
  readonly tenantId: string;
  readonly record: DataRecord;
}

interface Totals {
  tenants: number;
  records: number;
  /** Codes of the errors of tenants that could not be read, with their numbers. */
  readonly failures: Map<string, number>;
}

function totalsText(style: Style, { tenants, records, failures }: Totals): string {
  const read = `${counted(records, 'record')} of ${counted(tenants, 'tenant')}.`;
  const failed = [...failures].map(([code, count]) =>
    style.red(`✖ ${counted(count, 'tenant')} could not be read: ${code}`),
  );
  return [read, ...failed].join('\n');
}

function recordsText(style: Style, found: readonly Found[], totals: Totals): string {
  if (found.length === 0) return totalsText(style, totals);
  const columns = [...new Set(found.flatMap(({ record }) => Object.keys(record)))];
  const rows = found.map(({ tenantId, record }) => [tenantId, ...columns.map((name) => record[name] ?? '')]);
  const left = totals.records - found.length;
  const more = left > 0 ? [style.dim(`${counted(left, 'more record')}: use --json, which prints all.`)] : [];
  return [table(style, ['tenant', ...columns], rows), ...more, totalsText(style, totals)].join('\n\n');
}

/** Runs a query in many tenants: a table for people; for programs one record in each line, as soon as it was read. */
export const queryFleet: Action = async (context, input) => {
  const { output, signal } = context;
  const selection = await selectionOf(context, input);
  const concurrency = numberOption(input, 'concurrency', { least: 1, most: 64 });
  const { runtime } = await context.session();
  const options = { signal, ...(concurrency !== undefined && { concurrency }) };
  const totals: Totals = { tenants: 0, records: 0, failures: new Map() };
  const found: Found[] = [];
  const object = input.args[0] ?? '';
  for await (const result of runtime.fleet.query(selection, object, queryOption(input), options)) {
    const { tenantId, error, records = [] } = result;
    if (error) {
      totals.failures.set(error.code, (totals.failures.get(error.code) ?? 0) + 1);
      if (output.isJson) await output.writeJson({ tenantId, error });
      continue;
    }
    totals.tenants += 1;
    totals.records += records.length;
    for (const record of records) {
      if (output.isJson) await output.writeJson({ tenantId, record });
      else if (found.length < LARGEST_TABLE) found.push({ tenantId, record });
    }
  }
  return {
    document: undefined,
    exit: totals.failures.size > 0 ? 'failure' : 'ok',
    text: (style) => recordsText(style, found, totals),
  };
};
