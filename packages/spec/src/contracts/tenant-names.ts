/** Texts by which tenants of an organization are selected. */
export interface TenantSelection {
  /** Ids of tenants. */
  readonly ids: readonly string[];
  /** Slugs, in lowercase. */
  readonly slugs: readonly string[];
  /** Custom host names in canonical form. */
  readonly hostnames: readonly string[];
}

/** Change of the names of a tenant; what is absent stays unchanged. */
export interface TenantNamesChange {
  /** New slug; null removes it. */
  readonly slug?: string | null;
  /** New custom host names, without duplicates. */
  readonly hostnames?: readonly string[];
  /** Current time: slugs that are reserved until then are free. */
  readonly now: string;
  /** Timestamp until which a slug that the change removes stays reserved for the tenant. */
  readonly reservedUntil: string;
}
