import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { generateTypes } from '@objectstack/spec/system';
import type { Action } from '../frame/command.js';
import { textOption } from '../frame/read-options.js';
import { validBundle } from '../project/load-project.js';

const DEFAULT_FILE = 'objectstack.types.ts';

/** Writes the types of the records of the bundle. */
export const generateTypesFile: Action = async (context, input) => {
  const source = generateTypes(validBundle(await context.project()));
  const { cwd } = context.environment;
  const name = textOption(input, 'out') ?? DEFAULT_FILE;
  const file = resolve(cwd, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, source);
  return {
    document: { directory: cwd, files: [name] },
    text: (style) => style.green(`✔ Wrote ${name}.`),
  };
};
