import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Figure, median } from './measure.js';

const run = promisify(execFile);
const BENCH = fileURLToPath(new URL('..', import.meta.url));
const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const IMPORT_ROUNDS = 25;
const TSC_ROUNDS = 5;

/** Milliseconds that the import takes in a separate process, from the built package. */
async function importTime(specifier: string): Promise<number> {
  const script = `const start = performance.now(); await import('${specifier}'); console.log(performance.now() - start);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: BENCH });
  return Number(stdout);
}

async function measureImport(): Promise<Figure> {
  const times: [number, number][] = [];
  for (let round = 0; round < IMPORT_ROUNDS; round++)
    times.push([await importTime('@objectstack/spec/system'), await importTime('zod')]);
  return {
    what: 'import of @objectstack/spec/system, compared with bare zod, each in a fresh process',
    target: 1.5,
    ours: median(times.map(([ours]) => ours)),
    reference: median(times.map(([, reference]) => reference)),
  };
}

const TSCONFIG = {
  compilerOptions: {
    target: 'ES2023',
    module: 'NodeNext',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
};

/** Milliseconds that the compiler takes for a project of one file. */
async function checkTime(folder: string, name: string, source: string): Promise<number> {
  const project = `${folder}/${name}`;
  await mkdir(project);
  await symlink(`${BENCH}/node_modules`, `${project}/node_modules`);
  await writeFile(`${project}/package.json`, '{"type":"module"}');
  await writeFile(`${project}/tsconfig.json`, JSON.stringify(TSCONFIG));
  await writeFile(`${project}/index.ts`, source);
  const start = performance.now();
  await run(process.execPath, [TSC, '-p', project]);
  return performance.now() - start;
}

const EVERYTHING = `import * as spec from '@objectstack/spec';
export const names: readonly (keyof typeof spec)[] = [];
export type Schemas = { [Name in keyof typeof spec]: (typeof spec)[Name] };
export type * from '@objectstack/spec/contracts';`;

async function measureTypes(folder: string): Promise<Figure> {
  const times: [number, number][] = [];
  for (let round = 0; round < TSC_ROUNDS; round++)
    times.push([
      await checkTime(folder, `everything-${round}`, EVERYTHING),
      await checkTime(folder, `empty-${round}`, 'export {};'),
    ]);
  return {
    what: 'type check of a file that imports everything, over an empty one',
    targetMs: 1_500,
    ours: median(times.map(([ours]) => ours)),
    reference: median(times.map(([, reference]) => reference)),
  };
}

/** Costs of the protocol for its users. The package must have been built. */
export async function measureSpec(folder: string): Promise<Figure[]> {
  return [await measureImport(), await measureTypes(folder)];
}
