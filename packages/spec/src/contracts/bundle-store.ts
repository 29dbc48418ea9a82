/** Keeps bundles by the SHA-256 of their bytes. */
export interface IBundleStore {
  /** Stores the bytes durably and returns their SHA-256. Harmless to repeat, also at once from several processes. */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes, verified. Rejects with `bundle_not_found`, or `bundle_corrupt` when they no longer have the checksum. */
  get(checksum: string): Promise<Uint8Array>;
}
