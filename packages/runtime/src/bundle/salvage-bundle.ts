import { isPlainObject, type JsonPath, type Steps, toJsonPointer, valueAt } from '@objectstack/spec/shared';
import type { DeployBundle } from '@objectstack/spec/system';
import { parseShape } from './parse-shape.js';

/*
 * One shape error must not hide the errors of other parts. The smallest parts that contain the errors of the shape are
 * cut out of the bundle: a field, an index, a key of an object, a seed dataset. A placeholder takes the place of what
 * must be present, so that all other parts keep their position, and the rules check the rest. A finding at or within a
 * part that was cut out is ignored.
 */

export interface SalvagedBundle {
  readonly bundle: DeployBundle;
  /** Paths of the parts that were cut out. */
  readonly holes: readonly JsonPath[];
}

type Content = Record<string | number, unknown>;

const NAMED_LISTS: ReadonlySet<unknown> = new Set(['objects', 'views', 'flows', 'permissions']);
const OBJECT_PARTS: ReadonlySet<unknown> = new Set(['fields', 'indexes', 'validations']);

/** A name that no reference can have, because it could not be parsed either. */
const NAMELESS = 'unnamed';

/** Number of steps of the path to the part that is cut out because of an issue. */
function depthOf(path: readonly PropertyKey[]): number {
  const [root, , key] = path;
  if (root === 'manifest') return 2;
  if (root === 'objects' && OBJECT_PARTS.has(key)) return 4;
  if (root === 'seedData') return key === 'records' && path.length > 3 ? 4 : 2;
  return NAMED_LISTS.has(root) ? 3 : 1;
}

/** Value that takes the place of a part; undefined where nothing has to. */
function placeholderOf([root, index, key, part]: JsonPath): unknown {
  if (root === 'manifest')
    return index === undefined ? { version: '0.0.0' } : index === 'version' ? '0.0.0' : undefined;
  if (root === 'seedData' && index !== undefined)
    return key === undefined ? { object: NAMELESS, records: [] } : {};
  if (index === undefined || !NAMED_LISTS.has(root)) return undefined;
  if (key === undefined) return { name: NAMELESS, fields: {} };
  if (key === 'name') return NAMELESS;
  if (key === 'fields') return part === undefined ? {} : undefined;
  if (part === undefined) return undefined;
  return key === 'indexes' ? { fields: ['id'] } : { type: 'script' };
}

/** Replaces parts of a value, or removes them. Each object and list on the way to one is copied once. */
class PartReplacer {
  private readonly copies = new Set<unknown>();

  constructor(private readonly root: Content) {
    this.copies.add(root);
  }

  replace(path: JsonPath, part: unknown): void {
    let at = this.root;
    for (const step of path.slice(0, -1)) at = this.copyOf(at, step);
    const last = path.at(-1) ?? '';
    if (part === undefined) delete at[last];
    else at[last] = part;
  }

  private copyOf(container: Content, step: string | number): Content {
    const inner = container[step];
    if (this.copies.has(inner)) return inner as Content;
    const copy = (Array.isArray(inner) ? [...inner] : { ...(inner as Content) }) as Content;
    this.copies.add(copy);
    container[step] = copy;
    return copy;
  }
}

function holesOf(paths: readonly (readonly PropertyKey[])[]): JsonPath[] {
  const holes = new Map<string, JsonPath>();
  for (const path of paths) {
    const hole = path.slice(0, depthOf(path)) as JsonPath;
    holes.set(toJsonPointer(hole), hole);
  }
  // A part that is cut out of another one, which is cut out too, would bring that back.
  const isWithin = (hole: JsonPath) =>
    hole.some((_, at) => at > 0 && holes.has(toJsonPointer(hole.slice(0, at))));
  return [...holes.values()].filter((hole) => !isWithin(hole));
}

/** Names as they were written: a reference to an invalid name refers to its component. */
function restoreNames(bundle: DeployBundle, value: unknown, holes: readonly JsonPath[]): void {
  for (const [list, index, key] of holes) {
    if (key !== 'name' && key !== undefined) continue;
    const component = valueAt(bundle, [list ?? '', index ?? '']) as { name?: unknown } | undefined;
    if (!NAMED_LISTS.has(list) || component === undefined) continue;
    const name = valueAt(value, [list ?? '', index ?? '', 'name']);
    component.name = typeof name === 'string' ? name : '';
  }
}

/** The parts of a bundle that can be parsed, in steps; undefined if the value is no object. */
export function* salvageBundle(
  value: unknown,
  paths: readonly (readonly PropertyKey[])[],
): Steps<SalvagedBundle | undefined> {
  if (!isPlainObject(value)) return undefined;
  const holes = holesOf(paths);
  const rest = { ...value };
  const parts = new PartReplacer(rest);
  for (const hole of holes) {
    parts.replace(hole, placeholderOf(hole));
    yield;
  }
  const { bundle } = yield* parseShape(rest);
  if (!bundle) return undefined;
  restoreNames(bundle, value, holes);
  return { bundle, holes };
}
