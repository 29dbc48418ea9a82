import { pathToFileURL } from 'node:url';
import { commandError, type SourcePlace } from '../frame/command-error.js';
import { codeFrame } from '../output/code-frame.js';

const isSyntaxError = (error: unknown): boolean => /^ParseError/.test((error as Error)?.message ?? '');

/** Position that the error of a module names: its own property, or the first line of its stack in the file. */
function placeOf(error: unknown, file: string, path: string): SourcePlace | undefined {
  const {
    line,
    column,
    loc,
    stack = '',
  } = error as {
    line?: number;
    column?: number;
    loc?: { line: number; column: number };
    stack?: string;
  };
  if (loc) return { file, line: loc.line, column: loc.column + 1 };
  if (line !== undefined) return { file, line, column: (column ?? 0) + 1 };
  const named = stack.split('\n').find((entry) => entry.includes(path));
  const [, found, at] = /:(\d+):(\d+)\)?$/.exec(named ?? '') ?? [];
  // Syntax errors count columns from 0, stacks of running modules from 1.
  const offset = isSyntaxError(error) ? 1 : 0;
  return found && at ? { file, line: Number(found), column: Number(at) + offset } : undefined;
}

/** First sentence of the error of a module; syntax errors repeat their position in further lines. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/^ParseError: /, '')
    .split('\n', 1)[0]
    ?.trim()
    .slice(0, 300) ?? '';

function failed(error: unknown, { file, path, text }: { file: string; path: string; text: string }) {
  const place = placeOf(error, file, path);
  const message = reasonOf(error);
  return commandError({
    code: 'invalid_bundle',
    message: `The module ${file} cannot be run: ${message}`,
    problems: [
      { code: 'not_runnable', message, path: '', place, ...(place && { frame: codeFrame(text, place) }) },
    ],
  });
}

/** Default export of a module in TypeScript or JavaScript. Every call runs the module again. */
export async function importModule(file: string, path: string, text: string): Promise<unknown> {
  const { createJiti } = await import('jiti');
  const jiti = createJiti(pathToFileURL(path).href, {
    moduleCache: false,
    fsCache: false,
    interopDefault: false,
  });
  let exported: { default?: unknown };
  try {
    exported = await jiti.import<{ default?: unknown }>(path);
  } catch (error) {
    throw failed(error, { file, path, text });
  }
  if (exported.default !== undefined) return exported.default;
  throw commandError({
    code: 'invalid_bundle',
    message: `The module ${file} has no default export. Write \`export default …\`.`,
    details: { path: '' },
    problems: [
      {
        code: 'no_default_export',
        message: 'Default export expected.',
        path: '',
        place: { file, line: 1, column: 1 },
      },
    ],
  });
}
