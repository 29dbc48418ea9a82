import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { issuesOf, ObjectStackError, summaryOf, toJsonPointer } from '@objectstack/spec/shared';
import { type CommandLineConfig, CommandLineConfigSchema } from '@objectstack/spec/system';
import type * as z from 'zod';
import type { GlobalOptions } from '../frame/command-context.js';
import { CommandError, type PlacedProblem } from '../frame/command-error.js';
import type { Environment } from '../frame/environment.js';
import { placedProblem, readSource, type Source, shownPath } from '../project/read-source.js';
import { readEnvironmentFile } from './read-environment-file.js';
import { CONFIG_NAMES, CONFIG_VARIABLE, SETTINGS } from './settings.js';
import { isSecretName, withoutSecrets } from './without-secrets.js';

/** The configuration after files, environment and flags. */
export interface LoadedConfig {
  readonly settings: CommandLineConfig;
  /** Path of the configuration file; absent if there is none. */
  readonly file?: string | undefined;
  /** Directory that paths in the file are relative to. */
  readonly directory: string;
  /** Absolute path of the bundle. */
  readonly bundlePath: string;
  /** Variables of the process, then those of `.env`. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** The configuration file in a directory or the closest one above it. */
function findFile(directory: string): string | undefined {
  const found = CONFIG_NAMES.map((name) => join(directory, name)).find((path) => existsSync(path));
  const parent = dirname(directory);
  return found ?? (parent === directory ? undefined : findFile(parent));
}

/** Pointers to the first unknown key of each object that has one, by the pointers to the objects. */
function unknownKeys({ issues }: z.core.$ZodError): Map<string, string> {
  const found = issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [];
    const path = issue.path.map(String);
    return [[toJsonPointer(path), toJsonPointer([...path, issue.keys[0] ?? ''])] as const];
  });
  return new Map(found);
}

const withMaskedFrame = (problem: PlacedProblem): PlacedProblem =>
  problem.frame === undefined ? problem : { ...problem, frame: withoutSecrets(problem.frame) };

/** The configuration file. What is wrong with its text is a mistake of the configuration, not of a bundle. */
async function readFileOf(cwd: string, path: string): Promise<Source> {
  try {
    return await readSource(cwd, path);
  } catch (failure) {
    if (!(failure instanceof CommandError) || failure.error.code !== 'invalid_bundle') throw failure;
    const { error, problems } = failure;
    const { issues } = error.details;
    throw new CommandError(
      new ObjectStackError({
        code: 'configuration_invalid',
        message: `The configuration ${shownPath(cwd, path)} cannot be read. ${error.message}`,
        ...(issues && { details: { issues } }),
      }),
      { problems: problems.map(withMaskedFrame) },
    );
  }
}

/** What is expected in place of a secret in the file. */
const messageOf = (path: string, message: string): string =>
  isSecretName(path.split('/').at(-1) ?? '')
    ? 'Expected { "env": "NAME" }, with the name of the environment variable that contains the secret.'
    : message;

function parseSettings(source: Source | undefined): CommandLineConfig {
  const value = source?.value ?? {};
  const parsed = CommandLineConfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error, { schema: CommandLineConfigSchema, value }).map((issue) => ({
    ...issue,
    message: messageOf(issue.path, issue.message),
  }));
  const error = new ObjectStackError({
    code: 'configuration_invalid',
    message: `The configuration${source ? ` ${source.file}` : ''} is not valid. ${summaryOf(issues)}`,
    details: { issues },
  });
  const unknown = unknownKeys(parsed.error);
  const problems = issues.map(({ code, message, path }) => {
    const key = code === 'unrecognized_keys' ? unknown.get(path) : undefined;
    const place = source?.placeOf(key ?? path);
    return withMaskedFrame(placedProblem(source, { code, message, path, place }));
  });
  throw new CommandError(error, { problems });
}

/** A setting that a flag or a variable overrides, and the directory that it is relative to if it is a path. */
function overrideOf(
  name: keyof typeof SETTINGS,
  globals: GlobalOptions,
  variables: LoadedConfig['variables'],
) {
  return globals[name] ?? (variables[SETTINGS[name].variable] || undefined);
}

/** The data directory that replaces that of the file. */
function withDirectory(settings: CommandLineConfig, dir: string): CommandLineConfig {
  const { dataPlane } = settings;
  return dataPlane.kind === 'local'
    ? { ...settings, dataPlane: { ...dataPlane, dir } }
    : { ...settings, dataDirectory: dir };
}

/** Paths of a configuration file are relative to it, those of flags and variables to the current directory. */
function withAbsolutePaths(settings: CommandLineConfig, directory: string): CommandLineConfig {
  const { appRegistry, dataPlane, dataDirectory } = settings;
  return {
    ...settings,
    ...(appRegistry !== undefined && { appRegistry: resolve(directory, appRegistry) }),
    dataDirectory: resolve(directory, dataDirectory),
    dataPlane:
      dataPlane.kind === 'local' ? { ...dataPlane, dir: resolve(directory, dataPlane.dir) } : dataPlane,
  };
}

/**
 * The configuration: `objectstack.config.ts` or `.json` in the current directory or above it, then environment variables and
 * `.env`, then flags. Without any of them, the defaults. Rejects with `configuration_invalid`.
 */
export async function loadConfig(environment: Environment, globals: GlobalOptions): Promise<LoadedConfig> {
  const { cwd } = environment;
  const named = globals.config ?? environment.variables[CONFIG_VARIABLE];
  const file = named ? resolve(cwd, named) : findFile(cwd);
  const directory = file ? dirname(file) : cwd;
  const variables = { ...(await readEnvironmentFile(directory)), ...environment.variables };
  const source = file === undefined ? undefined : await readFileOf(cwd, file);
  const fromFile = withAbsolutePaths(parseSettings(source), directory);
  const [dir, bundle] = [overrideOf('dir', globals, variables), overrideOf('bundle', globals, variables)];
  const [organization, tenant] = [
    overrideOf('organization', globals, variables),
    overrideOf('tenant', globals, variables),
  ];
  const settings = {
    ...(dir === undefined ? fromFile : withDirectory(fromFile, resolve(cwd, dir))),
    ...(organization !== undefined && { organization }),
    ...(tenant !== undefined && { tenant }),
  };
  const bundlePath = bundle === undefined ? resolve(directory, settings.bundle) : resolve(cwd, bundle);
  return { settings, file, directory, bundlePath, variables };
}
