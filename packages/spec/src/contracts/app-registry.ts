/** Published version of an app in an app registry. */
export interface RegisteredAppVersion {
  /** Semantic version of the app, for example 1.4.0. */
  readonly version: string;
  /** SHA-256 checksum of the manifest's bytes. */
  readonly checksum: string;
  /** Whether the version was withdrawn: it is not selected for new installations. */
  readonly isYanked: boolean;
}

/** Manifest of one version of an app as it was published. */
export interface PublishedManifest {
  /** Bytes of the manifest: JSON in UTF-8. */
  readonly bytes: Uint8Array;
  /**
   * Detached Ed25519 signature of the bytes: a compact JWS without its payload. Absent if the manifest is not signed.
   */
  readonly signature?: string;
}

/** Provides the published versions of apps. Implementations are read concurrently. */
export interface IAppRegistry {
  /** Returns the versions of an app in any order; an empty list if the app is unknown. */
  listVersions(appId: string): Promise<RegisteredAppVersion[]>;
  /** Returns a published manifest. Rejects with `app_not_found` if there is no such version. */
  getManifest(appId: string, version: string): Promise<PublishedManifest>;
}
