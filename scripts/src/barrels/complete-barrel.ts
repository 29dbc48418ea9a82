const EXPORT = /^export (?:type )?(?:\*|\{[^}]*\}) from '(\.\/[^']+)\.js';$/;

/**
 * Biome's order of paths: a folder before the file of the same name, and a file before longer names with its prefix.
 */
const rank = (path: string) => path.replaceAll('/', '!').replaceAll('.', '"').replaceAll('-', '#');

/** The text of a barrel with a line for each schema module that it does not re-export yet. */
export function completeBarrel(barrel: string, modules: readonly string[]): string {
  const lines = barrel.trimEnd().split('\n');
  for (const module of modules) {
    const isAfter = (line: string) => {
      const [, path] = EXPORT.exec(line) ?? [];
      return path !== undefined && rank(path) > rank(module);
    };
    const found = lines.findIndex(isAfter);
    lines.splice(found === -1 ? lines.length : found, 0, `export * from '${module}.js';`);
  }
  return `${lines.join('\n')}\n`;
}
