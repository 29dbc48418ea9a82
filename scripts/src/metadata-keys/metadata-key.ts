/** A key that some code in these packages reads. */
export interface InterpretedKey {
  /** Effect of the key. */
  readonly does: string;
  /** Path of the file that reads the key, relative to `packages`. */
  readonly reader: string;
  /** Path of the test that proves the effect, relative to `packages`. */
  readonly test: string;
}

/**
 * Class of a key: interpreted, or stored only (`stored_only`), that is, stored and returned unchanged and not
 * interpreted by this runtime.
 */
export type MetadataKey = InterpretedKey | 'stored_only';

export type MetadataKeys = Readonly<Record<string, MetadataKey>>;

/** Classifies several keys as stored only. */
export function storedOnly<const Names extends readonly string[]>(
  ...names: Names
): { readonly [Name in Names[number]]: 'stored_only' } {
  return Object.fromEntries(names.map((name) => [name, 'stored_only'])) as {
    readonly [Name in Names[number]]: 'stored_only';
  };
}
