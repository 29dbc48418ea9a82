import { ObjectStackError } from '@objectstack/spec/shared';
import { dataFormat } from '../data/data-format.js';
import { type OpenObject, openObject } from '../data/object-definition.js';
import { openInput, readRecords } from '../data/read-records.js';
import type { Action, CommandInput } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { CommandError } from '../frame/command-error.js';
import { namesOption, numberOption } from '../frame/read-options.js';
import { counted } from '../output/counted.js';
import { startProgress } from '../output/progress.js';

const DEFAULT_BATCH = 500;
const MOST_IN_BATCH = 5_000;

type Write = (records: readonly Record<string, unknown>[]) => Promise<void>;

/** Writes a batch completely or not at all, so that an import can be resumed after it. */
function writerOf(
  context: CommandContext,
  { driver, definition }: OpenObject,
  keys: string[] | undefined,
): Write {
  const { signal } = context;
  if (!keys)
    return async (records) => {
      await driver.bulkCreate(definition.name, records, { signal });
    };
  return async (records) => {
    const transaction = await driver.beginTransaction({ signal });
    try {
      for (const record of records)
        await driver.upsert(definition.name, record, keys, { signal, transaction });
      await driver.commit(transaction);
    } catch (error) {
      await driver.rollback(transaction);
      throw error;
    }
  };
}

/** Tells where the import stopped, and the command that continues it. */
function stopped(error: unknown, at: number, [object = '', file = '']: CommandInput['args']): unknown {
  const known = error instanceof CommandError ? error.error : error;
  if (!ObjectStackError.isInstance(known)) return error;
  const { problems = [], exit } = error instanceof CommandError ? error : {};
  const { code, message, details } = known;
  const again = `objectstack data import ${object} ${file} --skip ${at}`.replace('  ', ' ');
  const reported = new ObjectStackError({
    code,
    message: `${message} The first ${at} records of the input were written or skipped; the others were not processed.`,
    details: { ...details, index: at },
  });
  return new CommandError(reported, {
    problems,
    exit,
    // Repeating it fails again until there is room.
    next: code === 'quota_exceeded' ? ['objectstack quotas show', again] : [again],
  });
}

/** Exported records have timestamps, which the driver maintains itself. */
function withoutTimestamps(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { created_at: _created, updated_at: _updated, ...rest } = record;
  return rest;
}

/** Creates or updates records from a file or standard input. */
export const importData: Action = async (context, input) => {
  const [object = '', file] = input.args;
  const opened = await openObject(context, object);
  const skip = numberOption(input, 'skip', { least: 0 }) ?? 0;
  const size = numberOption(input, 'batch', { least: 1, most: MOST_IN_BATCH }) ?? DEFAULT_BATCH;
  const write = writerOf(context, opened, namesOption(input, 'upsert'));
  const source = await openInput(context.environment, file);
  const progress = startProgress(context);
  let seen = 0;
  let written = 0;
  let batch: Record<string, unknown>[] = [];
  const flush = async () => {
    await write(batch);
    written += batch.length;
    batch = [];
    progress.update(written, source.size ? source.bytesRead() / source.size : undefined);
  };
  try {
    for await (const record of readRecords(source, dataFormat(input, file), opened.definition)) {
      context.signal.throwIfAborted();
      seen += 1;
      if (seen <= skip) continue;
      batch.push(withoutTimestamps(record));
      if (batch.length >= size) await flush();
    }
    if (batch.length > 0) await flush();
  } catch (error) {
    throw stopped(error, Math.min(skip, seen) + written, input.args);
  } finally {
    progress.end();
  }
  const skipped = Math.min(skip, seen);
  return {
    document: { tenantId: opened.tenantId, object, written, skipped },
    text: (style) =>
      style.green(
        `✔ Wrote ${counted(written, 'record')} of ${object}${skipped > 0 ? `, skipped ${skipped}` : ''}.`,
      ),
  };
};
