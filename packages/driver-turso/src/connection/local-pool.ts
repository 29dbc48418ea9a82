import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Connection } from './connection.js';
import { LocalFile, type LocalFileSettings } from './local-file.js';

const MOST_OPEN_FILES = 500;
/** A file in WAL mode has three descriptors, and as many again until the garbage collector has run. */
const DESCRIPTORS_PER_FILE = 6;
const DESCRIPTORS_FOR_OTHERS = 256;
const USUAL_DESCRIPTOR_LIMIT = 1_024;

function descriptorLimit(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    return Number(/Max open files\s+(\d+)/.exec(limits)?.[1] ?? USUAL_DESCRIPTOR_LIMIT);
  } catch {
    return USUAL_DESCRIPTOR_LIMIT;
  }
}

const maxOpenFiles = Math.min(
  MOST_OPEN_FILES,
  Math.max(16, Math.floor((descriptorLimit() - DESCRIPTORS_FOR_OTHERS) / DESCRIPTORS_PER_FILE)),
);

/** By path. A closed file stays: whoever kept it must share it with the next. */
const files = new Map<string, LocalFile>();

/** Closes the open file that was not used for longest, unless all are at work. */
function makeRoom(): void {
  const open = [...files.values()].filter((file) => file.isOpen);
  if (open.length < maxOpenFiles) return;
  const idle = open.filter((file) => file.isIdle).sort((a, b) => a.usedAt - b.usedAt);
  idle[0]?.closeIdle();
}

function sharedFile(path: string): LocalFile {
  const file = files.get(path) ?? new LocalFile(path, makeRoom);
  files.set(path, file);
  return file;
}

/** A connection to the file: one a file in this process, whoever asks, because two would block each other. */
export function localFile(path: string, settings: LocalFileSettings = {}): Connection {
  const file = sharedFile(resolve(path));
  file.wish(settings.durability ?? 'full');
  return {
    execute: (statement, options) => file.execute(statement, settings, options),
    atomic: (statements, request) => file.atomic(statements, request, settings),
    begin: (options) => file.begin(settings, options),
    beginReading: (read, options) => file.beginReading(read, settings, options),
    close: () => file.close(),
  };
}

/** Closes the file, if this process has it open. */
export async function closeLocalFile(path: string): Promise<void> {
  await files.get(resolve(path))?.close();
}

/** Closes the file and forgets it, because its path will not be used again. */
export async function forgetLocalFile(path: string): Promise<void> {
  await closeLocalFile(path);
  files.delete(resolve(path));
}
