import type { RenamedFrom } from './renamed-from.zod.js';

/** Previous names of an object or field as far as its metadata says them, the latest first. */
export function formerNames(renamedFrom: RenamedFrom | undefined): readonly string[] {
  if (renamedFrom === undefined) return [];
  return typeof renamedFrom === 'string' ? [renamedFrom] : renamedFrom;
}
