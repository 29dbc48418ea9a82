import { isDeepStrictEqual } from 'node:util';
import { checkCommand } from './check-command.js';
import { comparePublishedTypes } from './compare-published-types.js';
import { checkRunners } from './conformance-runners.js';
import { importSubpath } from './import-subpath.js';
import { LOADED_FOLDERS } from './loaded-folders.js';
import { neededSources } from './needed-sources.js';
import { type PublishedPackage, publishedPackages } from './published-packages.js';
import { type Typed, typeCheck } from './type-check.js';
import { compareTypeCounts } from './type-count.js';
import { createUserProject } from './user-project.js';

const MODES = ['node16', 'bundler'] as const;

const difference = (left: readonly string[], right: readonly string[]) =>
  left.filter((name) => !right.includes(name)).join(', ') || 'nothing';

/** Folders of the sources, `src` itself as a dot. */
const foldersOf = (sources: readonly string[]) =>
  [...new Set(sources.map((source) => /^src\/([^/]+)\//.exec(source)?.[1] ?? '.'))].sort();

function compareNames(specifier: string, names: readonly string[], typed: readonly Typed[]): string[] {
  return typed.flatMap((types, index) => {
    const declared = types.names.get(specifier) ?? [];
    if (isDeepStrictEqual(declared, names)) return [];
    return `${specifier} (${MODES[index]}) declares ${difference(declared, names)} that does not exist, and does not declare ${difference(names, declared)}`;
  });
}

async function checkPackage(
  project: string,
  { name, folder, subpaths }: PublishedPackage,
  typed: readonly Typed[],
) {
  const problems: string[] = [];
  for (const { specifier, source } of subpaths) {
    const { names, sources } = await importSubpath(project, name, specifier);
    const needed = neededSources(folder, source);
    const idle = sources.filter((loaded) => !needed.has(loaded));
    if (idle.length > 0) problems.push(`${specifier} loads unnecessarily: ${idle.join(', ')}`);
    const [folders, pinned] = [foldersOf(sources), LOADED_FOLDERS[specifier]];
    if (pinned && !isDeepStrictEqual(folders, pinned))
      problems.push(`${specifier} loads sources of ${folders.join(', ')} instead of ${pinned.join(', ')}`);
    problems.push(...compareNames(specifier, names, typed));
    console.log(
      `${specifier}: ${names.length} exports, ${sources.length} sources of ${folders.join(', ') || 'none'}`,
    );
  }
  return problems;
}

const packages = await publishedPackages();
const project = await createUserProject(packages);
try {
  const specifiers = packages.flatMap(({ subpaths }) => subpaths.map(({ specifier }) => specifier));
  const typed = MODES.map((mode) => typeCheck(project.folder, specifiers, mode));
  const problems = typed.flatMap((types) => types.problems);
  for (const published of packages) problems.push(...(await checkPackage(project.folder, published, typed)));
  problems.push(...(await compareTypeCounts(project.folder)));
  problems.push(...(await checkRunners(project.folder)));
  problems.push(...(await checkCommand(project.folder)));
  problems.push(...(await comparePublishedTypes()));
  for (const problem of problems) console.error(problem);
  console.log(`${specifiers.length} subpaths of ${packages.length} packages, ${problems.length} problems`);
  if (problems.length > 0) process.exitCode = 1;
} finally {
  await project.remove();
}
