import type { IFleetStore } from '@objectstack/spec/contracts';
import type { Kysely } from 'kysely';
import { readCommitted, writing } from '../is-postgres.js';
import type { RegistryTables } from '../registry-tables.js';
import { countTenantReleases, listTenantReleases } from './list-tenant-releases.js';
import { hasRolloutsOnAccess, recordAccess } from './record-access.js';
import { RolloutOverlap, recordRolloutStart } from './record-rollout-start.js';
import { addRelease, getRelease, listChannels, listReleases, putChannel } from './release-table.js';
import {
  addRollout,
  discardRollout,
  extendRolloutLease,
  getRollout,
  listAbandonedRollouts,
  listPlannedRollouts,
  listRollouts,
  takeRolloutLease,
  updateRollout,
} from './rollout-table.js';
import {
  addRolloutTenants,
  averageDurations,
  countRolloutTenants,
  listRolloutTenants,
  saveRolloutTenants,
} from './rollout-tenant-table.js';
import { getTenantRelease, selectFleet, setTenantChannel } from './tenant-release-table.js';

/** Releases and rollouts in the tables of a registry. */
export function fleetStoreOn(db: Kysely<RegistryTables>): IFleetStore {
  const inTransaction = <Result>(work: (transaction: Kysely<RegistryTables>) => Promise<Result>) =>
    readCommitted(db).execute(work);
  return {
    addRelease: (release) => writing(db, (one) => addRelease(one, release)),
    getRelease: (name) => getRelease(db, name),
    listReleases: (query) => listReleases(db, query),
    putChannel: (channel) => writing(db, (one) => putChannel(one, channel)),
    listChannels: () => listChannels(db),
    setTenantChannel: (tenantId, change) => writing(db, (one) => setTenantChannel(one, tenantId, change)),
    getTenantRelease: (tenantId) => getTenantRelease(db, tenantId),
    selectFleet: (selection, page) => selectFleet(db, selection, page),
    countTenantReleases: (selection) => countTenantReleases(db, selection),
    listTenantReleases: (selection, page) => listTenantReleases(db, selection, page),
    addRollout: (record) => writing(db, (one) => addRollout(one, record)),
    addRolloutTenants: (rolloutId, tenants) =>
      inTransaction((transaction) => addRolloutTenants(transaction, rolloutId, tenants)),
    getRollout: (rolloutId) => getRollout(db, rolloutId),
    listRollouts: (query) => listRollouts(db, query),
    listAbandonedRollouts: (now) => listAbandonedRollouts(db, now),
    listPlannedRollouts: (query) => listPlannedRollouts(db, query),
    discardRollout: (rolloutId) => inTransaction((transaction) => discardRollout(transaction, rolloutId)),
    hasRolloutsOnAccess: (now) => hasRolloutsOnAccess(db, now),
    recordAccess: (tenantId, now) => writing(db, (one) => recordAccess(one, tenantId, now)),
    startRollout: (rolloutId, start) =>
      inTransaction((transaction) => recordRolloutStart(transaction, rolloutId, start)).catch((error) => {
        if (error instanceof RolloutOverlap) return { changed: false, conflict: error.rolloutId };
        throw error;
      }),
    updateRollout: (rolloutId, change) =>
      inTransaction((transaction) => updateRollout(transaction, rolloutId, change)),
    takeRolloutLease: (rolloutId, lease) => writing(db, (one) => takeRolloutLease(one, rolloutId, lease)),
    extendRolloutLease: (rolloutId, lease) => writing(db, (one) => extendRolloutLease(one, rolloutId, lease)),
    listRolloutTenants: (rolloutId, query) => listRolloutTenants(db, rolloutId, query),
    saveRolloutTenants: (rolloutId, changes, lease) =>
      inTransaction((transaction) => saveRolloutTenants(transaction, rolloutId, { changes, lease })),
    countRolloutTenants: (rolloutId) => countRolloutTenants(db, rolloutId),
    averageDurations: (planHashes) => averageDurations(db, planHashes),
  };
}
