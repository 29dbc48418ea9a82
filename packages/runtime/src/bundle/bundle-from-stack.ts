import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployBundleInput } from '@objectstack/spec/system';
import { whileReadingInput } from '../shared/while-reading-input.js';
import { nameViews } from './name-views.js';
import { translateObject } from './translate-object.js';

type JsonObject = Record<string, unknown>;

/** Keys that list component names in the manifest of a bundle and have another meaning in an authored manifest. */
const NAME_LISTS: ReadonlySet<string> = new Set(['objects', 'views', 'flows', 'permissions']);

/**
 * Converts an authored ObjectStack file, whose collections are lists or maps by name and whose seeds are under `data`
 * or `seedData`, to a bundle. Notations of older files are translated where their meaning is unambiguous. Other content is copied unchanged. Throws `invalid_bundle` if the file is not an object.
 */
export function bundleFromStack(stack: unknown): DeployBundleInput {
  return whileReadingInput(
    () =>
      new ObjectStackError({
        code: 'invalid_bundle',
        message: 'Reading a property of the ObjectStack file failed. Pass a plain object.',
        details: { path: '' },
      }),
    () => bundleOf(stack),
  );
}

function bundleOf(stack: unknown): DeployBundleInput {
  if (!isObject(stack)) {
    throw new ObjectStackError({
      code: 'invalid_bundle',
      message: 'The ObjectStack file is not an object. Pass the object that it exports.',
      details: { path: '' },
    });
  }
  const { data, seedData, objects, views, flows, permissions, ...rest } = stack;
  const bundle = {
    ...rest,
    manifest: bundleManifest(rest.manifest),
    objects: translateObjects(toList(objects, 'name')),
    views: nameViews(toList(views, 'name')),
    flows: toList(flows, 'name'),
    permissions: toList(permissions, 'name'),
    seedData: joinSeeds(toList(seedData, 'object'), toList(data, 'object')),
  };
  return withoutUndefined(bundle) as DeployBundleInput;
}

/**
 * In an authored manifest, `objects` are file patterns and `permissions` are requests: they are moved to `authored`.
 */
function bundleManifest(manifest: unknown): unknown {
  if (!isObject(manifest)) return manifest;
  const entries = Object.entries(manifest);
  const authored = entries.filter(([key]) => NAME_LISTS.has(key));
  if (authored.length === 0) return manifest;
  const others = entries.filter(([key]) => !NAME_LISTS.has(key));
  return { ...Object.fromEntries(others), authored: Object.fromEntries(authored) };
}

/** Converts a map to a list. An item without a name of its own is named after its key. */
function toList(collection: unknown, nameKey: string): unknown {
  if (!isObject(collection)) return collection;
  return Object.entries(collection).map(([key, item]) =>
    isObject(item) ? { [nameKey]: key, ...item } : item,
  );
}

const translateObjects = (objects: unknown): unknown =>
  Array.isArray(objects) ? objects.map(translateObject) : objects;

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
