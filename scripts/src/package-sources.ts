import { readdirSync } from 'node:fs';

const PACKAGES = new URL('../../packages/', import.meta.url);

/**
 * Sources of all packages without their tests, as sorted paths under `packages`, such as `runtime/src/index.ts`. The folder
 * `packages` itself is not listed recursively: that would follow the links to dependencies, which may form circles.
 */
export function packageSources(): string[] {
  return readdirSync(PACKAGES)
    .flatMap((name) =>
      readdirSync(new URL(`${name}/src/`, PACKAGES), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${name}/src/${file.replaceAll('\\', '/')}`,
      ),
    )
    .filter((path) => /(?<!\.test|\.test-d)\.ts$/.test(path))
    .sort();
}
