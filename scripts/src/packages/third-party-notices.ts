import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** Folder of the installed package that contains a file; it may contain further manifests. */
const packageFolder = (file: string): string =>
  /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/'))?.[0] ?? dirname(file);

type Manifest = { name?: string; version?: string; license?: string };

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

function bundledFrom(folder: string): Bundled {
  const { name = '', version = '', license = '' } = manifestOf(folder);
  const file = readdirSync(folder).find((one) => /^(?:licen[cs]e|copying)(?:\.|$)/i.test(one));
  const text = file === undefined ? `License: ${license}` : readFileSync(join(folder, file), 'utf8').trim();
  return { name, version, license, text };
}

/** The licenses of the packages that these files belong to, without those of this repository. */
export function thirdPartyNotices(files: readonly string[]): string {
  const folders = new Set(files.filter((file) => file.includes('node_modules')).map(packageFolder));
  const all = [...folders].map(bundledFrom).sort((a, b) => (a.name < b.name ? -1 : 1));
  const unlicensed = all.find(({ license }) => license === '');
  if (unlicensed) throw new Error(`The bundled package ${unlicensed.name} has no license.`);
  const parts = all.map(({ name, version, text }) => `${name} ${version}\n\n${text}`);
  return `The files in this directory contain these packages.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
