import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployBundleInput } from '@objectstack/spec/system';
import { whileReading } from '../shared/while-reading.js';
import { nameViews } from './name-views.js';

type JsonObject = Record<string, unknown>;

/** Keys that list names in the manifest of a bundle and mean something else in an authored one. */
const NAME_LISTS: ReadonlySet<string> = new Set(['objects', 'views', 'flows', 'permissions']);

/**
 * A bundle out of an authored ObjectStack file, whose collections are lists or maps by name, and whose seeds stand
 * under `data` or `seedData`. Everything else stays as it is. Throws `invalid_bundle` when it is not an object.
 */
export function bundleFromStack(stack: unknown): DeployBundleInput {
  return whileReading(
    () =>
      new ObjectStackError({
        code: 'invalid_bundle',
        message: 'The ObjectStack file cannot be read.',
        details: { path: '' },
      }),
    () => bundleOf(stack),
  );
}

function bundleOf(stack: unknown): DeployBundleInput {
  if (!isObject(stack)) {
    throw new ObjectStackError({
      code: 'invalid_bundle',
      message: 'An ObjectStack file is an object.',
      details: { path: '' },
    });
  }
  const { data, seedData, objects, views, flows, permissions, ...rest } = stack;
  const bundle = {
    ...rest,
    manifest: bundleManifest(rest.manifest),
    objects: toList(objects, 'name'),
    views: nameViews(toList(views, 'name')),
    flows: toList(flows, 'name'),
    permissions: toList(permissions, 'name'),
    seedData: joinSeeds(toList(seedData, 'object'), toList(data, 'object')),
  };
  return withoutUndefined(bundle) as DeployBundleInput;
}

/** In an authored manifest `objects` are file patterns and `permissions` are requests: they are kept as `authored`. */
function bundleManifest(manifest: unknown): unknown {
  if (!isObject(manifest)) return manifest;
  const entries = Object.entries(manifest);
  const authored = entries.filter(([key]) => NAME_LISTS.has(key));
  if (authored.length === 0) return manifest;
  const others = entries.filter(([key]) => !NAME_LISTS.has(key));
  return { ...Object.fromEntries(others), authored: Object.fromEntries(authored) };
}

/** A map becomes a list whose items are named by their keys, unless they name themselves. */
function toList(collection: unknown, nameKey: string): unknown {
  if (!isObject(collection)) return collection;
  return Object.entries(collection).map(([key, item]) =>
    isObject(item) ? { [nameKey]: key, ...item } : item,
  );
}

function joinSeeds(seedData: unknown, data: unknown): unknown {
  if (Array.isArray(seedData) && Array.isArray(data)) return [...seedData, ...data];
  return seedData ?? data;
}

function withoutUndefined(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
