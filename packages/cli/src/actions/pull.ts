import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Action } from '../frame/command.js';
import { commandError, usageError } from '../frame/command-error.js';
import { textOption } from '../frame/read-options.js';
import { counted } from '../output/counted.js';
import { table, visibleText } from '../output/table.js';
import { shownPath } from '../project/read-source.js';
import { introspectDatabase } from '../pull/introspect-database.js';
import { pulledObjects } from '../pull/pulled-objects.js';
import { manifestFile, objectFile, type ProjectFiles, type ProjectFormat } from './project-files.js';
import { tokenOf } from './token-of.js';

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Writes files of which none exists yet. */
async function writeNew(directory: string, files: ProjectFiles, shown: string): Promise<void> {
  const existing: string[] = [];
  for (const path of Object.keys(files)) if (await exists(join(directory, path))) existing.push(path);
  if (existing.length > 0) {
    throw commandError({
      code: 'invalid_request',
      message: `The directory ${shown} already contains ${existing.join(', ')}. Nothing was written.`,
      exit: 'conflict',
      next: ['objectstack pull <database> <another directory>'],
    });
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text, { flag: 'wx' });
  }
}

/** Writes the definitions of the tables of an existing database, and reports what they do not express. */
export const pull: Action = async (context, input) => {
  const [database = '', target = '.'] = input.args;
  const { cwd } = context.environment;
  const { signal } = context;
  const authToken = await tokenOf(context, input);
  const { objects, findings } = pulledObjects(await introspectDatabase(database, { cwd, authToken, signal }));
  if (objects.length === 0) throw usageError(`The database ${database} has no tables.`);
  const directory = resolve(cwd, target);
  const format = (textOption(input, 'format') as ProjectFormat | undefined) ?? 'yaml';
  const files = Object.fromEntries(objects.map((definition) => objectFile(definition, format)));
  const hasManifest = await Promise.all(
    ['json', 'yaml', 'yml', 'ts'].map((extension) => exists(join(directory, `manifest.${extension}`))),
  );
  const manifest = hasManifest.includes(true) ? [] : [manifestFile(basename(directory), format)];
  const all = { ...Object.fromEntries(manifest), ...files };
  await writeNew(directory, all, shownPath(cwd, directory));
  return {
    document: { directory, files: Object.keys(all), findings },
    text(style) {
      const rows = findings.map(({ code, table: name, column, message }) => [
        code,
        visibleText(column === undefined ? name : `${name}.${column}`),
        message,
      ]);
      const report = rows.length === 0 ? [] : [table(style, ['code', 'where', 'not expressed'], rows)];
      const written = style.green(
        `✔ Wrote ${counted(objects.length, 'object')} to ${shownPath(cwd, directory)}, with ${counted(findings.length, 'finding')}.`,
      );
      return [...report, written].join('\n\n');
    },
  };
};
