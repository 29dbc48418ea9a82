import type { AbortOptions } from './driver-call.js';

/** Page of the list of unused bundles. */
export interface UnusedBundlesPage {
  /** SHA-256 checksums of the unused bundles. */
  checksums: string[];
  /** Cursor of the next page; null if this is the last page. */
  nextCursor: string | null;
}

/** Options for listing bundles: cursor of the page and abort signal. */
export interface ListUnusedOptions extends AbortOptions {
  /** `nextCursor` of the previous page. Defaults to the first page. */
  cursor?: string | undefined;
}

/**
 * Stores bundles by the SHA-256 checksum of their bytes.
 *
 * Storing or reading a bundle counts as using it. Bundles that were not used since a timestamp can be removed while other
 * processes store and read bundles: a bundle that was used after that timestamp, or was in use at that time, is never
 * removed. The recorded time may be up to 32 days later than the time at which the bundle was actually used, but never
 * earlier.
 *
 * Every method rejects with `aborted` after an abort. A store on a disk also rejects with `database_full`,
 * `database_blocked`, `database_busy` and `configuration_invalid`, and one on a server with `bundle_store_unavailable`,
 * `bundle_store_refused`, `request_timeout`, `database_blocked` and `configuration_invalid`.
 */
export interface IBundleStore {
  /**
   * Stores the bytes durably and returns their SHA-256 hash. Idempotent, and safe for concurrent calls from several
   * processes. Replaces a stored bundle whose checksum does not match.
   */
  put(bytes: Uint8Array, options?: AbortOptions): Promise<string>;
  /**
   * Returns the bytes after verifying their checksum. Rejects with `bundle_not_found`, or with `bundle_corrupt` if the
   * checksum does not match.
   */
  get(checksum: string, options?: AbortOptions): Promise<Uint8Array>;
  /**
   * Returns bundles that were last used before the timestamp, in pages: every one that remains unused is in exactly one
   * of them. Rejects with `invalid_request` if the timestamp or the cursor is not valid.
   */
  listUnused(usedBefore: string, options?: ListUnusedOptions): Promise<UnusedBundlesPage>;
  /**
   * Removes the bundle if it was last used before the timestamp. Returns whether it was removed; false if it is not
   * stored. Rejects with `invalid_request` if the timestamp is not valid.
   */
  removeUnused(checksum: string, usedBefore: string, options?: AbortOptions): Promise<boolean>;
}
