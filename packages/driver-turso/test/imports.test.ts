import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCES = new URL('../src/', import.meta.url);

/** Folders from the lowest to the highest: a file imports its own folder and those before it. */
const LAYERS = [
  'sql',
  'connection',
  'schema',
  'migration/diff/conversions',
  'migration/diff/renames',
  'migration/diff/drift',
  'migration/diff',
  'migration/plan/table',
  'migration/plan/draft',
  'migration/plan/values',
  'migration/plan/retained',
  'migration/plan/preflight',
  'migration/plan/statements',
  'migration/plan',
  'migration/rollback',
  'migration/apply',
  'migration',
  'driver',
  'platform',
  'server',
  'local',
  'plane',
  '',
];

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file));

/** The deepest layer that a file is in. */
const layerOf = (file: string) =>
  LAYERS.filter((layer) => layer === '' || file.startsWith(`${layer}/`)).sort(
    (a, b) => b.length - a.length,
  )[0] ?? '';

const importsOf = (file: string) =>
  [...readFileSync(new URL(file, SOURCES), 'utf8').matchAll(/from '(\.[^']*)\.js'/g)].map(
    ([, path = '']) => `${posix.join(posix.dirname(file), path)}.ts`,
  );

describe('imports between folders', () => {
  it('go only down the layers', () => {
    const upward = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => LAYERS.indexOf(layerOf(target)) > LAYERS.indexOf(layerOf(file)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it('make no circle', () => {
    const graph = new Map(files.map((file) => [file, importsOf(file)]));
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]) => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' > '));
      if (done.has(file) || path.includes(file)) return;
      for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});
