import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as driverTurso from '@objectstack/driver-turso';
import * as data from '@objectstack/spec/data';
import * as system from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { publishedPackages } from '../packages/published-packages.js';
import { ROOT, readMarkdown } from './documents.js';
import { runExample } from './run-blocks.js';

const GIVEN = {
  '@objectstack/driver-turso': driverTurso,
  '@objectstack/spec/data': data,
  '@objectstack/spec/system': system,
};

/** Output of the first example of a README, if it needs neither files nor servers. */
const OUTPUTS: Readonly<Record<string, readonly unknown[][]>> = {
  '@objectstack/spec': [['1.0.0', false]],
  '@objectstack/driver-turso': [[[expect.objectContaining({ text: 'call the dentist' })]]],
};

const packages = await publishedPackages();
const readmes = await Promise.all(
  packages.map(async ({ name, folder }) => {
    const text = await readFile(join(folder, 'README.md'), 'utf8');
    return { name, text, document: readMarkdown(`${name}/README.md`, text) };
  }),
);

const isAbsolute = (link: string) => /^https?:/.test(link);

describe.each(readmes)('the README of $name', ({ name, text, document }) => {
  it('introduces the package with its installation and an example', () => {
    expect(text).toMatch(new RegExp(`^# ${name}\n`));
    expect(document.anchors).toContain('installation');
    expect(document.blocks.map(({ language }) => language)).toContain('ts');
  });

  it('has no link that leads out of the published package', () => {
    const relative = document.links.filter((link) => !isAbsolute(link) && !link.startsWith('#'));
    expect(relative).toEqual([]);
  });

  it('names documents that exist in the repository', () => {
    const named = [...text.matchAll(/`([\w./-]+\.md)`/g)].map(([, path = '']) => path);
    expect(named).toEqual(expect.arrayContaining(['README.md', 'ARCHITECTURE.md']));
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  const output = OUTPUTS[name];
  it.runIf(output)('has a first example that prints what it says', async () => {
    const example = document.blocks.find(({ language }) => language === 'ts');
    expect(example && (await runExample(example, GIVEN))).toEqual(output);
  });
});

it('examples that are run belong to published packages', () => {
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(OUTPUTS)));
});
