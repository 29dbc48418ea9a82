import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AppManifestInput } from '@objectstack/spec/system';
import type { CommandContext } from '../frame/command-context.js';
import { commandError, usageError } from '../frame/command-error.js';
import { isSourceFile, readSource } from '../project/read-source.js';

/** The manifest in a file; undefined if the argument is the name of an app. */
export async function manifestIn(
  { environment: { cwd } }: CommandContext,
  given: string,
): Promise<AppManifestInput | undefined> {
  const path = resolve(cwd, given);
  if (!isSourceFile(given) && !existsSync(path)) return undefined;
  return (await readSource(cwd, path)).value as AppManifestInput;
}

/** The manifest in a file. Rejects if there is no such file. */
export async function requireManifest(context: CommandContext, given: string): Promise<AppManifestInput> {
  const manifest = await manifestIn(context, given);
  if (manifest) return manifest;
  throw commandError({
    code: 'invalid_request',
    message: `The file ${given} does not exist. Give the manifest of the app.`,
    exit: 'not_found',
    next: ['objectstack apps check --help'],
  });
}

/** The value of a setting: a number or a boolean, otherwise a text. In double quotes, it is always a text. */
function settingValue(text: string): string | number | boolean {
  const [, quoted] = /^"(.*)"$/.exec(text) ?? [];
  if (quoted !== undefined) return quoted;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Values of settings, such as `currency=EUR`. Throws a usage error. */
export function settingsIn(assignments: readonly string[]): Record<string, string | number | boolean> {
  const entries = assignments.map((assignment) => {
    const at = assignment.indexOf('=');
    if (at < 1) throw usageError(`The setting ${assignment} must be given as name=value.`);
    return [assignment.slice(0, at), settingValue(assignment.slice(at + 1))] as const;
  });
  return Object.fromEntries(entries);
}
