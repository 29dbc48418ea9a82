import { isMap, isScalar, isSeq, type Pair, type ParsedNode } from 'yaml';
import { stepsOf } from './steps-of.js';

type Positioned = { readonly range?: readonly number[] | null } | null | undefined;

const startOf = (node: unknown): number | undefined => (node as Positioned)?.range?.[0];

function keyText({ key }: Pair): string {
  if (!isScalar(key)) return '';
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}

/** The part at a step, and where it starts: the key of a property, or an item of a list. */
function partAt(node: unknown, step: string): { part: unknown; offset: number | undefined } | undefined {
  if (isSeq(node)) {
    const item: unknown = node.items[Number(step)];
    return item === undefined ? undefined : { part: item, offset: startOf(item) };
  }
  const pair = isMap(node) ? node.items.find((item) => keyText(item) === step) : undefined;
  return pair && { part: pair.value, offset: startOf(pair.key) };
}

function locate(contents: ParsedNode | null, pointer: string): number {
  let node: unknown = contents;
  let offset = startOf(contents) ?? 0;
  for (const step of stepsOf(pointer)) {
    const found = partAt(node, step);
    if (!found) break;
    node = found.part;
    offset = found.offset ?? offset;
  }
  return offset;
}

/** Offsets of the parts of a YAML document that JSON Pointers lead to, like `locateInJson`. */
export const locateInYaml = (contents: ParsedNode | null, pointers: readonly string[]): Map<string, number> =>
  new Map(pointers.map((pointer) => [pointer, locate(contents, pointer)]));
