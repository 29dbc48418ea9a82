import { type FolderNode, foldersOf, withoutShortcuts } from './folder-graph.js';
import { FOLDER_PURPOSES } from './folder-purposes.js';

const PACKAGES = ['spec', 'conformance', 'driver-turso', 'runtime', 'cli'] as const;

const idOf = (path: string) => path.replaceAll(/\W/g, '_');
const labelOf = (path: string) => path.replace(/^[\w-]+\/src\//, '');

function purposeOf(path: string): string {
  const purpose = FOLDER_PURPOSES[path];
  if (!purpose) throw new Error(`${path} needs its purpose in folder-purposes.ts.`);
  return purpose;
}

function diagram(nodes: readonly FolderNode[]): string {
  const lines = withoutShortcuts(nodes).flatMap(({ path, imports }) => [
    `  ${idOf(path)}["${labelOf(path)}"]`,
    ...imports.map((to) => `  ${idOf(path)} --> ${idOf(to)}`),
  ]);
  return ['```mermaid', 'flowchart TD', ...lines, '```'].join('\n');
}

function section(packageName: string): string {
  const order = Object.keys(FOLDER_PURPOSES);
  const nodes = foldersOf(packageName).sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
  const rows = nodes.map(
    ({ path, fileCount }) =>
      `| [\`${labelOf(path)}\`](../packages/${path}) | ${fileCount} | ${purposeOf(path)} |`,
  );
  return [
    `## packages/${packageName}`,
    ['| directory | files | purpose |', '|---|---|---|', ...rows].join('\n'),
    diagram(nodes),
  ].join('\n\n');
}

/** The page that maps the folders of every package, generated from the imports of their files. */
export function structurePage(): string {
  return `${[
    '# Map of the sources',
    'Directories of each package and what they import: an arrow leads from a directory to one that it uses. An import that is also reached through another directory is not drawn; tests are left out. Generated from the sources by `npx pnpm generate`; do not edit.',
    ...PACKAGES.map(section),
  ].join('\n\n')}\n`;
}
