import type { RenamedFrom } from './renamed-from.zod.js';

/** Previous names of an object or field according to its metadata, most recent first. */
export function previousNames(renamedFrom: RenamedFrom | undefined): readonly string[] {
  if (renamedFrom === undefined) return [];
  return typeof renamedFrom === 'string' ? [renamedFrom] : renamedFrom;
}
