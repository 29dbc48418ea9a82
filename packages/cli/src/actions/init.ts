import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Action } from '../frame/command.js';
import { commandError } from '../frame/command-error.js';
import { textOption } from '../frame/read-options.js';
import { shownPath } from '../project/read-source.js';
import { type ProjectFormat, projectFiles } from './project-files.js';

/** Name of a project: that of its directory, in the characters that a package name permits. */
const nameOf = (directory: string): string =>
  basename(directory)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '')
    .join('-') || 'app';

async function existingFiles(directory: string): Promise<Set<string>> {
  const names = await readdir(directory, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return new Set(names.map((name) => name.replaceAll('\\', '/')));
}

/** Creates a project. Existing files are never overwritten. */
export const init: Action = async (context, input) => {
  const { cwd } = context.environment;
  const directory = resolve(cwd, input.args[0] ?? '.');
  const format = (textOption(input, 'format') as ProjectFormat | undefined) ?? 'yaml';
  const files = projectFiles(nameOf(directory), format);
  const existing = await existingFiles(directory);
  const conflicts = Object.keys(files).filter((path) => existing.has(path));
  if (conflicts.length > 0) {
    throw commandError({
      code: 'invalid_request',
      message: `The directory ${shownPath(cwd, directory)} already contains ${conflicts.join(', ')}. Nothing was written.`,
      exit: 'conflict',
      next: ['objectstack init <another directory>', 'objectstack validate'],
    });
  }
  for (const [path, text] of Object.entries(files)) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
  }
  const shown = shownPath(cwd, directory);
  return {
    document: { directory, files: Object.keys(files) },
    text(style) {
      const steps = [...(directory === cwd ? [] : [`cd ${shown}`]), 'objectstack dev'];
      const created = Object.keys(files).map((path) => `  ${path}`);
      return [
        style.green(`✔ Created ${shown}:`),
        ...created,
        '',
        `Next: ${steps.map((step) => style.cyan(step)).join(' && ')}`,
      ].join('\n');
    },
  };
};
