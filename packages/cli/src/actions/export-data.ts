import { resolve } from 'node:path';
import { csvColumns, toCell } from '../data/csv-value.js';
import { type DataFormat, dataFormat } from '../data/data-format.js';
import { type OpenObject, openObject } from '../data/object-definition.js';
import { writeFileCompletely } from '../data/write-file-completely.js';
import type { Action } from '../frame/command.js';
import { textOption } from '../frame/read-options.js';
import { counted } from '../output/counted.js';
import { startProgress } from '../output/progress.js';
import { whereOption } from './query-data.js';

type Rows = AsyncIterable<Readonly<Record<string, unknown>>>;

/** Lines of the export. */
async function* linesOf(
  records: Rows,
  format: DataFormat,
  { definition }: OpenObject,
): AsyncGenerator<string> {
  if (format === 'jsonl') {
    for await (const record of records) yield `${JSON.stringify(record)}\n`;
    return;
  }
  const { stringify } = await import('csv-stringify/sync');
  const columns = csvColumns(definition);
  yield stringify([columns]);
  for await (const record of records) yield stringify([columns.map((name) => toCell(record[name]))]);
}

/** Writes records to a file or standard output. */
export const exportData: Action = async (context, input) => {
  const opened = await openObject(context, input.args[0] ?? '');
  const { output, signal, environment } = context;
  const where = whereOption(input);
  const out = textOption(input, 'out');
  const progress = startProgress(context);
  let count = 0;
  async function* countedRecords(): Rows {
    const query = where ? { where } : {};
    for await (const record of opened.driver.findStream(opened.definition.name, query, { signal })) {
      count += 1;
      progress.update(count);
      yield record;
    }
  }
  const lines = linesOf(countedRecords(), dataFormat(input, out), opened);
  try {
    if (out === undefined) {
      for await (const line of lines) await output.write(line);
      return undefined;
    }
    const file = resolve(environment.cwd, out);
    await writeFileCompletely(file, lines, signal);
    return {
      document: { tenantId: opened.tenantId, object: opened.definition.name, records: count, file },
      text: (style) => style.green(`✔ Wrote ${counted(count, 'record')} to ${out}.`),
    };
  } finally {
    progress.end();
  }
};
