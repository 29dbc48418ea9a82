/** A key that some code of ours reads. */
export interface ActedOnKey {
  /** What happens because of it. */
  readonly does: string;
  /** The file that reads it, under `packages`. */
  readonly reader: string;
  /** The test that proves it, under `packages`. */
  readonly test: string;
}

/** A key is acted on, or carried: stored and returned as it is, and nothing here enforces it. */
export type MetadataKey = ActedOnKey | 'carried';

export type MetadataKeys = Readonly<Record<string, MetadataKey>>;

/** The same class for many keys. */
export function carried<const Names extends readonly string[]>(
  ...names: Names
): { readonly [Name in Names[number]]: 'carried' } {
  return Object.fromEntries(names.map((name) => [name, 'carried'])) as {
    readonly [Name in Names[number]]: 'carried';
  };
}
