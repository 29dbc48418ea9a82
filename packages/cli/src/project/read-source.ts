import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { TextDocument } from '@objectstack/runtime';
import { ObjectStackError } from '@objectstack/spec/shared';
import { CommandError, commandError, type PlacedProblem, type SourcePlace } from '../frame/command-error.js';
import { codeFrame } from '../output/code-frame.js';
import { importModule } from './import-module.js';
import { locateInSource } from './locate-in-source.js';

/** A value that was read from a file, with the places of its parts. */
export interface Source {
  /** Path of the file, relative to the current directory if it is below it. */
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  readonly placeOf: (pointer: string) => SourcePlace;
}

const TEXT_FORMATS: Readonly<Record<string, 'json' | 'yaml'>> = { json: 'json', yaml: 'yaml', yml: 'yaml' };
const MODULES: readonly string[] = ['ts', 'mts', 'js', 'mjs'];

const extensionOf = (path: string): string => /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';

/** Whether a file can contain a part of a bundle. */
export const isSourceFile = (path: string): boolean =>
  !/\.(d|test|spec)\.[cm]?ts$/.test(path) &&
  (extensionOf(path) in TEXT_FORMATS || MODULES.includes(extensionOf(path)));

/** The path as people see it. */
export function shownPath(cwd: string, path: string): string {
  const shown = relative(cwd, path);
  return shown === '' || shown.startsWith('..') ? path : shown;
}

async function readText(file: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** The error for a path that cannot be read. */
export function unreadable(file: string, error: unknown): CommandError {
  const systemCode = (error as NodeJS.ErrnoException).code ?? '';
  const isMissing = systemCode === 'ENOENT' || systemCode === 'ENOTDIR';
  return commandError({
    code: 'invalid_request',
    message: isMissing
      ? `The file ${file} does not exist. Check the path.`
      : `The file ${file} cannot be read (${systemCode}). Check its permissions and that it is a file.`,
    details: { path: file },
    exit: isMissing ? 'not_found' : 'refused',
  });
}

/** A problem with the lines around its place. */
export function placedProblem(
  source: Pick<Source, 'text'> | undefined,
  problem: Omit<PlacedProblem, 'frame'>,
): PlacedProblem {
  const { place } = problem;
  return source && place ? { ...problem, frame: codeFrame(source.text, place) } : problem;
}

/** The parser is loaded with the first file, because most commands read none. */
async function parseText(file: string, text: string, format: 'json' | 'yaml'): Promise<TextDocument> {
  const { parseDocument } = await import('@objectstack/runtime');
  try {
    return parseDocument(text, { format });
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) throw error;
    const problems = (error.details.issues ?? []).map(({ code, message = '', path, line, column }) =>
      placedProblem(
        { text },
        { code, message, path, ...(line && column && { place: { file, line, column } }) },
      ),
    );
    throw new CommandError(error, { problems });
  }
}

/** Reads a part of a bundle or a configuration from JSON, YAML or a module with a default export. */
export async function readSource(cwd: string, path: string): Promise<Source> {
  const file = shownPath(cwd, path);
  const text = await readText(file, path);
  const format = TEXT_FORMATS[extensionOf(path)];
  if (format === undefined) {
    const value = await importModule(file, path, text);
    return { file, text, value, placeOf: (pointer) => ({ file, ...locateInSource(text, pointer) }) };
  }
  const document = await parseText(file, text, format);
  return {
    file,
    text,
    value: document.value,
    placeOf: (pointer) => ({ file, ...(document.placesOf([pointer])[0] ?? { line: 1, column: 1 }) }),
  };
}
