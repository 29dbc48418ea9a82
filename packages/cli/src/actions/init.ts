import { basename, resolve } from 'node:path';
import type { Action } from '../frame/command.js';
import { textOption } from '../frame/read-options.js';
import { shownPath } from '../project/read-source.js';
import { writeNewFiles } from '../project/write-new-files.js';
import { type ProjectFormat, projectFiles } from './project-files.js';

/** Name of a project: that of its directory, in the characters that a package name permits. */
const nameOf = (directory: string): string =>
  basename(directory)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '')
    .join('-') || 'app';

/** Creates a project. Existing files are never overwritten. */
export const init: Action = async (context, input) => {
  const { cwd } = context.environment;
  const directory = resolve(cwd, input.args[0] ?? '.');
  const format = (textOption(input, 'format') as ProjectFormat | undefined) ?? 'yaml';
  const files = projectFiles(nameOf(directory), format);
  const next = ['objectstack init <another directory>', 'objectstack validate'];
  await writeNewFiles({ directory, files, cwd, next });
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
