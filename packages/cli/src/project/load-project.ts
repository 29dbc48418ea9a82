import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { validateBundle } from '@objectstack/runtime';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployBundleInput, DeployValidationIssue } from '@objectstack/spec/system';
import { CommandError, commandError, type PlacedProblem } from '../frame/command-error.js';
import type { Environment } from '../frame/environment.js';
import {
  isSourceFile,
  placedProblem,
  readSource,
  type Source,
  shownPath,
  unreadable,
} from './read-source.js';

/** A bundle as it was read, not yet validated. */
export interface Project {
  readonly value: unknown;
  /** Files that the bundle was read from, for watching and messages. */
  readonly sources: readonly Source[];
  /** The source that contains the part of the bundle at a JSON Pointer, and the pointer within the source. */
  readonly locate: (pointer: string) => { source: Source; pointer: string } | undefined;
}

/** Folders of a bundle directory and the properties of the bundle that their files are items of. */
export const PROJECT_FOLDERS = {
  objects: 'objects',
  views: 'views',
  flows: 'flows',
  permissions: 'permissions',
  seeds: 'seedData',
} as const;

const MANIFEST = /^manifest\.(json|ya?ml|m?[jt]s)$/;

function withoutSchema(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$schema' in value)) return value;
  const { $schema: _, ...rest } = value;
  return rest;
}

function fileProject(source: Source): Project {
  return { value: source.value, sources: [source], locate: (pointer) => ({ source, pointer }) };
}

async function readFolder(cwd: string, folder: string): Promise<Source[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw unreadable(shownPath(cwd, folder), error);
  });
  const paths = names.filter(isSourceFile).sort();
  return Promise.all(paths.map((name) => readSource(cwd, join(folder, name))));
}

async function readDirectory(cwd: string, directory: string): Promise<Project> {
  const names = await readdir(directory);
  const name = names.find((one) => MANIFEST.test(one));
  if (name === undefined) {
    throw commandError({
      code: 'invalid_request',
      message: `The directory ${shownPath(cwd, directory)} contains no bundle: it has no manifest.json, manifest.yaml or manifest.ts.`,
      exit: 'not_found',
      next: ['objectstack init', 'objectstack validate <file>'],
    });
  }
  const manifest = await readSource(cwd, join(directory, name));
  const folders = await Promise.all(
    Object.entries(PROJECT_FOLDERS).map(
      async ([folder, key]) => [key, await readFolder(cwd, join(directory, folder))] as const,
    ),
  );
  const parts = Object.fromEntries(
    folders.map(([key, sources]) => [key, sources.map(({ value }) => withoutSchema(value))]),
  );
  const byKey = new Map<string, readonly Source[]>(folders);
  return {
    value: { manifest: withoutSchema(manifest.value), ...parts },
    sources: [manifest, ...folders.flatMap(([, sources]) => sources)],
    locate(pointer) {
      const [, key = '', index, ...rest] = pointer.split('/');
      if (key === 'manifest')
        return {
          source: manifest,
          pointer: [index, ...rest].map((step) => (step === undefined ? '' : `/${step}`)).join(''),
        };
      const source = byKey.get(key)?.[Number(index)];
      return source && { source, pointer: rest.map((step) => `/${step}`).join('') };
    },
  };
}

/** Reads a bundle from a file, or from a directory with one file for each component. Does not validate it. */
export async function loadProject({ cwd }: Pick<Environment, 'cwd'>, path: string): Promise<Project> {
  const found = await stat(path).catch((error) => {
    throw unreadable(shownPath(cwd, path), error);
  });
  return found.isDirectory() ? readDirectory(cwd, path) : fileProject(await readSource(cwd, path));
}

/** The issues of a bundle with the files and lines that they are about. */
export function placedIssues(project: Project, issues: readonly DeployValidationIssue[]) {
  return issues.map((issue) => {
    const found = project.locate(issue.path);
    const place = found?.source.placeOf(found.pointer);
    const { code, message, path } = issue;
    const problem: PlacedProblem = placedProblem(found?.source, { code, message, path, place });
    return { issue: { ...issue, ...place }, problem };
  });
}

/** The bundle of a project if it is valid; otherwise rejects with its errors and their places. */
export function validBundle(project: Project): DeployBundleInput {
  const { valid, issues, errorCount } = validateBundle(project.value);
  if (valid) return project.value as DeployBundleInput;
  const placed = placedIssues(
    project,
    issues.filter(({ severity }) => severity === 'error'),
  );
  const error = new ObjectStackError({
    code: 'invalid_bundle',
    message: `The bundle has ${errorCount} error${errorCount === 1 ? '' : 's'}.`,
    details: { errorCount, issues: placed.map(({ issue }) => issue) },
  });
  throw new CommandError(error, {
    problems: placed.map(({ problem }) => problem),
    next: ['objectstack validate'],
  });
}
