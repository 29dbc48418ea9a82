import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { commandError } from '../frame/command-error.js';
import type { Environment } from '../frame/environment.js';
import { shownPath, unreadable } from '../project/read-source.js';
import { assertHeader, fromRow } from './csv-value.js';
import type { DataFormat } from './data-format.js';

/** Input of records: a file whose size is known, or standard input. */
export interface RecordInput {
  readonly stream: Readable;
  /** Name for messages. */
  readonly name: string;
  readonly size?: number;
  /** Bytes that were read so far. */
  readonly bytesRead: () => number;
}

/** Opens a file, or standard input if there is none. */
export async function openInput({ cwd, stdin }: Environment, file: string | undefined): Promise<RecordInput> {
  if (file === undefined) return { stream: stdin, name: 'standard input', bytesRead: () => 0 };
  const path = resolve(cwd, file);
  const { size } = await stat(path).catch((error) => {
    throw unreadable(shownPath(cwd, path), error);
  });
  const stream = createReadStream(path);
  return { stream, name: shownPath(cwd, path), size, bytesRead: () => stream.bytesRead };
}

function invalidLine(name: string, line: number, message: string) {
  return commandError({
    code: 'invalid_request',
    message: `${name}:${line}: ${message}`,
    problems: [{ code: 'invalid_record', message, path: '', place: { file: name, line, column: 1 } }],
  });
}

async function* readJsonLines({ stream, name }: RecordInput): AsyncGenerator<Record<string, unknown>> {
  let line = 0;
  for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw invalidLine(name, line, 'The line is not JSON. Each line must be one record.');
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw invalidLine(name, line, 'The line is not a JSON object. Each line must be one record.');
    yield value as Record<string, unknown>;
  }
}

async function* readCsv(
  { stream, name }: RecordInput,
  definition: ObjectDefinition,
): AsyncGenerator<Record<string, unknown>> {
  const { parse, CsvError } = await import('csv-parse');
  const columns = (header: string[]) => {
    assertHeader(header, definition);
    return header;
  };
  const parser = stream.pipe(parse({ bom: true, columns, skip_empty_lines: true }));
  stream.once('error', (error) => parser.destroy(error));
  try {
    for await (const row of parser) yield fromRow(row as Record<string, string>, definition);
  } catch (error) {
    if (error instanceof CsvError)
      throw invalidLine(
        name,
        Number(error.lines ?? 1),
        'The line is not CSV, or its number of cells differs from that of the first line.',
      );
    throw error;
  }
}

/** Records of an input, one at a time. */
export const readRecords = (input: RecordInput, format: DataFormat, definition: ObjectDefinition) =>
  format === 'csv' ? readCsv(input, definition) : readJsonLines(input);
