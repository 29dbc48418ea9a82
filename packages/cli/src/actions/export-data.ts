import { resolve } from 'node:path';
import type { Filter } from '@objectstack/spec/data';
import { csvColumns, toCell } from '../data/csv-value.js';
import { type DataFormat, dataFormat } from '../data/data-format.js';
import { type OpenObject, openObject } from '../data/object-definition.js';
import { ResumableFile, type WrittenRecords } from '../data/resumable-file.js';
import type { Action, CommandInput } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { CommandError } from '../frame/command-error.js';
import { isSet, textOption } from '../frame/read-options.js';
import { toCommandError } from '../frame/to-command-error.js';
import { counted } from '../output/counted.js';
import { startProgress } from '../output/progress.js';
import { whereOption } from './query-data.js';

type Rows = AsyncIterable<Readonly<Record<string, unknown>>>;

interface Export {
  readonly opened: OpenObject;
  readonly format: DataFormat;
  readonly where: Filter | undefined;
  /** Records that are in the file already. */
  readonly written: WrittenRecords;
}

/** Lines of the export after the written ones. */
async function* linesOf(records: Rows, { format, opened, written }: Export): AsyncGenerator<string> {
  if (format === 'jsonl') {
    for await (const record of records) yield `${JSON.stringify(record)}\n`;
    return;
  }
  const { stringify } = await import('csv-stringify/sync');
  const columns = csvColumns(opened.definition);
  if (written.records === 0) yield stringify([columns]);
  for await (const record of records) yield stringify([columns.map((name) => toCell(record[name]))]);
}

/** The records after the written ones: an export is in the order of ids. */
function filterOf({ where, written: { lastId } }: Export): Filter | undefined {
  if (lastId === undefined) return where;
  const rest: Filter = { id: { $gt: lastId } };
  return where ? { $and: [where, rest] } : rest;
}

/** The lines, and the number of records in them and in the file so far. */
function streamOf({ signal, ...context }: CommandContext, request: Export) {
  const progress = startProgress({ ...context, signal });
  let count = request.written.records;
  const where = filterOf(request);
  const { driver, definition } = request.opened;
  async function* countedRecords(): Rows {
    for await (const record of driver.findStream(definition.name, where ? { where } : {}, { signal })) {
      count += 1;
      progress.update(count);
      yield record;
    }
  }
  return { lines: linesOf(countedRecords(), request), count: () => count, end: () => progress.end() };
}

/** Tells that the export can be continued, and with which command. */
function resumable(
  error: unknown,
  { args: [object = ''], options }: CommandInput,
  file: string,
): CommandError {
  const { where, format } = options;
  const rest = [
    ...(typeof where === 'string' ? [`--where '${where.replaceAll("'", "'\\''")}'`] : []),
    ...(typeof format === 'string' ? [`--format ${format}`] : []),
  ];
  const next = [`objectstack data export ${object} --out ${file} ${rest.join(' ')}`.trim(), '--resume'].join(
    ' ',
  );
  const { error: known, problems, exit } = toCommandError(error, `data export ${object}`);
  return new CommandError(known, { problems, exit, next: [next] });
}

/** Writes records to a file or standard output. */
export const exportData: Action = async (context, input) => {
  const opened = await openObject(context, input.args[0] ?? '');
  const { output, signal, environment } = context;
  const where = whereOption(input);
  const out = textOption(input, 'out');
  const format = dataFormat(input, out);
  if (out === undefined) {
    const { lines, end } = streamOf(context, {
      opened,
      format,
      where,
      written: { records: 0, lastId: undefined },
    });
    try {
      for await (const line of lines) await output.write(line);
      return undefined;
    } finally {
      end();
    }
  }
  const { tenantId, definition } = opened;
  const target = resolve(environment.cwd, out);
  const file = new ResumableFile(target, { tenantId, object: definition.name, format, where });
  if (!isSet(input, 'resume')) await file.discard();
  const written = await file.resume();
  const { lines, count, end } = streamOf(context, { opened, format, where, written });
  try {
    await file.write(lines, signal);
  } catch (error) {
    throw count() === 0 ? error : resumable(error, input, out);
  } finally {
    end();
  }
  return {
    document: {
      tenantId,
      object: definition.name,
      records: count(),
      ...(written.records > 0 && { resumed: written.records }),
      file: target,
    },
    text: (style) => style.green(`✔ Wrote ${counted(count(), 'record')} to ${out}.`),
  };
};
