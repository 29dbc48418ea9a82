import type { TenantRecord, TenantSelection } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantSelector } from '@objectstack/spec/system';
import { tenantNotFound } from '../shared/find-tenant.js';

const isPresent = ({ tenant }: TenantRecord) => tenant.provisioningStatus !== 'destroying';

/** The texts that a registry searches for; the result is a superset of the selected tenants. */
export function selectionOf(selectors: readonly TenantSelector[]): TenantSelection {
  const valuesOf = (...kinds: readonly TenantSelector['kind'][]) =>
    selectors.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => value);
  return {
    ids: valuesOf('id', 'reference'),
    slugs: valuesOf('reference').map((slug) => slug.toLowerCase()),
    hostnames: valuesOf('hostname'),
  };
}

/** An id takes precedence over a slug. */
function selected(records: readonly TenantRecord[], { kind, value }: TenantSelector): TenantRecord | null {
  const matches = records.filter(({ tenant: { id, slug, hostnames = [] } }) => {
    if (kind === 'hostname') return hostnames.includes(value);
    return id === value || (kind === 'reference' && slug === value.toLowerCase());
  });
  return matches.find(({ tenant }) => tenant.id === value) ?? matches[0] ?? null;
}

/**
 * The tenant that all selectors select, among the records of an organization. Selectors that select nothing are
 * alike, whatever the reason.
 */
export function matchSelectors(
  records: readonly TenantRecord[],
  selectors: readonly TenantSelector[],
): TenantRecord {
  const present = records.filter(isPresent);
  const [record = null, ...others] = new Set(selectors.map((selector) => selected(present, selector)));
  if (others.length > 0) throw selectorConflict();
  if (record === null) throw tenantNotFound();
  return record;
}

export function selectorConflict(): ObjectStackError {
  return new ObjectStackError({
    code: 'tenant_selector_conflict',
    message:
      'The parts of the request that select a tenant contradict each other. Send only one, or the same in each.',
  });
}

/** The only tenant. A failed provisioning attempt does not prevent the selection of the active tenant. */
export function onlyTenant(records: readonly TenantRecord[]): TenantRecord {
  const present = records.filter(isPresent);
  const usable = present.filter(({ tenant }) => tenant.provisioningStatus !== 'failed');
  const [record, ...others] = usable.length > 0 ? usable : present;
  if (!record) throw tenantNotFound();
  if (others.length === 0) return record;
  throw new ObjectStackError({
    code: 'tenant_ambiguous',
    message: 'The organization owns several tenants. Pass the id of one of them.',
    details: { tenantIds: [record, ...others].map(({ tenant }) => tenant.id) },
  });
}
