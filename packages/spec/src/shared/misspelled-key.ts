import { suggestName } from './suggest-name.js';

/** A key that is not known, and the absent key that it resembles. */
export interface MisspelledKey {
  readonly key: string;
  readonly meant: string;
}

/** The first key of an object that is a misspelling of a known one. Other unknown keys may be meant for someone else. */
export function misspelledKey(given: object, known: readonly string[]): MisspelledKey | undefined {
  const absent = known.filter((name) => !Object.hasOwn(given, name));
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    const meant = suggestName(key, absent);
    if (meant !== undefined) return { key, meant };
  }
  return undefined;
}
