import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { PullFinding } from '@objectstack/spec/system';
import type { Action } from '../frame/command.js';
import { usageError } from '../frame/command-error.js';
import { textOption } from '../frame/read-options.js';
import { counted } from '../output/counted.js';
import type { Style } from '../output/style.js';
import { visibleText } from '../output/table.js';
import { shownPath } from '../project/read-source.js';
import { writeNewFiles } from '../project/write-new-files.js';
import { introspectDatabase } from '../pull/introspect-database.js';
import { pulledObjects } from '../pull/pulled-objects.js';
import { manifestFile, objectFile, type ProjectFormat } from './project-files.js';
import { tokenOf } from './token-of.js';

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** One paragraph for each kind of finding, because what to do is the same for all of one kind. */
function reportOf(style: Style, findings: readonly PullFinding[]): string[] {
  const kinds = new Map<string, PullFinding[]>();
  for (const finding of findings) {
    const kind = JSON.stringify([finding.code, finding.next]);
    kinds.set(kind, [...(kinds.get(kind) ?? []), finding]);
  }
  return [...kinds.values()].map((found) => {
    const { code = '', next = '' } = found[0] ?? {};
    const places = new Map<string, string[]>();
    for (const { table, column, message } of found) {
      const place = visibleText(column === undefined ? table : `${table}.${column}`);
      places.set(message, [...(places.get(message) ?? []), place]);
    }
    const lines = [...places].map(
      ([message, all]) => `  ${style.bold(all.join(', '))}  ${visibleText(message)}`,
    );
    return [style.yellow(code), ...lines, `  ${style.cyan('Next:')} ${next}`].join('\n');
  });
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
  const next = ['objectstack pull <database> <another directory>'];
  await writeNewFiles({ directory, files: all, cwd, next });
  return {
    document: { directory, files: Object.keys(all), findings },
    text(style) {
      const written = style.green(
        `✔ Wrote ${counted(objects.length, 'object')} to ${shownPath(cwd, directory)}, with ${counted(findings.length, 'finding')}.`,
      );
      return [...reportOf(style, findings), written].join('\n\n');
    },
  };
};
