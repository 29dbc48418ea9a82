import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Environment } from '../frame/environment.js';
import { createStyle, type Style } from './style.js';

/** Where a command writes. Standard output contains the result only; everything else is on standard error. */
export interface Output {
  /** Whether standard output is for programs: documents as JSON, nothing else. */
  readonly isJson: boolean;
  readonly style: Style;
  /** Writes text to standard output. Resolves when the reader has room for more. */
  write(text: string): Promise<void>;
  /** Writes one JSON document in one line. */
  writeJson(document: unknown): Promise<void>;
  /** Writes a line for people to standard error; nothing with `--json`. */
  note(text: string): void;
}

async function writeTo(stream: Writable, text: string): Promise<void> {
  if (text === '' || stream.write(text) || stream.destroyed) return;
  await once(stream, 'drain');
}

export function createOutput(environment: Environment, isJson: boolean): Output {
  const { stdout, stderr } = environment;
  return {
    isJson,
    style: createStyle(environment),
    write: (text) => writeTo(stdout, text),
    writeJson: (document) => writeTo(stdout, `${JSON.stringify(document)}\n`),
    note(text) {
      if (!isJson) stderr.write(`${text}\n`);
    },
  };
}
