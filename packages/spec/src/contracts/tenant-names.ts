/** Identifiers and names by which tenants of an organization are selected. A tenant is selected by any of them. */
export interface TenantSelection {
  /** Unique identifiers of tenants. */
  readonly ids: readonly string[];
  /** Slugs of tenants, in lowercase. */
  readonly slugs: readonly string[];
  /** Custom host names of tenants in canonical form: lowercase, ASCII (Punycode), without port and trailing dot. */
  readonly hostnames: readonly string[];
}

/** Change to the names of a tenant. Properties that are omitted remain unchanged. */
export interface TenantNamesChange {
  /** New slug; null removes it. */
  readonly slug?: string | null;
  /**
   * New custom host names without duplicates, in the canonical form of `TenantSelection.hostnames`. They replace all
   * previous ones; an empty list removes them.
   */
  readonly hostnames?: readonly string[];
  /** Current timestamp: a slug that was reserved until this time or an earlier one is available. */
  readonly now: string;
  /**
   * Timestamp until which a slug that the change removes stays reserved for the tenant. Without effect if the change
   * removes no slug.
   */
  readonly reservedUntil: string;
}
