import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareDeclarations } from '../declarations/compare-declarations.js';
import { declarationsOf, protocolNames } from '../declarations/declarations-of.js';

const FOLDER = fileURLToPath(new URL('../../../packages/spec/', import.meta.url)).replace(/\/$/, '');

/** Names of the types that the protocol publishes other than its sources infer them. */
export async function comparePublishedTypes(): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(FOLDER, 'package.json'), 'utf8'));
  const named = await protocolNames();
  const { differing } = compareDeclarations(FOLDER, await declarationsOf(FOLDER, manifest), named);
  const problems = differing().map((what) => `The published declarations differ: ${what}`);
  console.log(`${named.byType.size} published types compared with the inferred ones`);
  return problems;
}
