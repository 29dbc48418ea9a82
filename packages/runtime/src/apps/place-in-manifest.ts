import type { AppManifest, DeployBundle } from '@objectstack/spec/system';
import { COMPONENT_LISTS } from './compose-bundle.js';

const NAMED_LISTS = ['objects', ...COMPONENT_LISTS] as const;

/** What an issue of a composed bundle is about. */
interface IssuePlace {
  /** Name of the object or component. Absent for an issue of the whole bundle. */
  readonly subject?: string;
  /** JSON Pointer into the manifest of the app. Absent if another layer contains the cause. */
  readonly path?: string;
}

/** An object that the app extends: the field of the extension, or the extension. */
function inExtension(
  { objectExtensions }: AppManifest,
  object: string,
  [key = '', field = '', ...rest]: readonly string[],
): string | undefined {
  const extending = objectExtensions.flatMap(({ extend, fields = {} }, index) =>
    extend === object ? [{ index, hasField: key === 'fields' && Object.hasOwn(fields, field) }] : [],
  );
  const withField = extending.find(({ hasField }) => hasField);
  if (withField) return ['', 'objectExtensions', withField.index, key, field, ...rest].join('/');
  const [first] = extending;
  return first && key !== 'fields' ? `/objectExtensions/${first.index}` : undefined;
}

/** Finds the place of an issue, whose path is that of the composed bundle, in the manifest of the app. Pure. */
export function placeInManifest(pointer: string, composed: DeployBundle, manifest: AppManifest): IssuePlace {
  const [, list = '', position = '', ...rest] = pointer.split('/');
  const index = Number(position);
  if (list === 'seedData') {
    const dataset = composed.seedData[index];
    // Composition copies a dataset, and not its records.
    const at = manifest.seedData.findIndex(({ records }) => records === dataset?.records);
    return {
      ...(dataset && { subject: dataset.object }),
      ...(at >= 0 && { path: ['', list, at, ...rest].join('/') }),
    };
  }
  const named = NAMED_LISTS.find((one) => one === list);
  const subject = named && composed[named][index]?.name;
  if (!named || subject === undefined) return {};
  const at = manifest[named].findIndex(({ name }) => name === subject);
  const path =
    at >= 0
      ? ['', list, at, ...rest].join('/')
      : named === 'objects'
        ? inExtension(manifest, subject, rest)
        : undefined;
  return { subject, ...(path !== undefined && { path }) };
}
