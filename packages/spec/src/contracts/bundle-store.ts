/** Stores bundles by the SHA-256 hash of their bytes. */
export interface IBundleStore {
  /**
   * Stores the bytes durably and returns their SHA-256 hash. Idempotent, and safe for concurrent calls from several
   * processes.
   */
  put(bytes: Uint8Array): Promise<string>;
  /**
   * Returns the bytes after verifying their checksum. Rejects with `bundle_not_found`, or with `bundle_corrupt` if the
   * checksum does not match.
   */
  get(checksum: string): Promise<Uint8Array>;
}
