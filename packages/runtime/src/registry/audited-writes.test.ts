import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { type AuditAction, AuditActionEnum } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { openRegistry } from '../../test/open-registry.js';

/** The actions that each method records, or why it has none. The conformance suite tests the actions. */
const METHODS: Record<keyof ITenantRegistry, readonly AuditAction[] | string> = {
  createTenant: ['create_tenant'],
  updateTenant: ['change_tenant_status', 'change_tenant_plan', 'change_tenant_key', 'purge_tenant'],
  setTenantNames: ['change_tenant_names'],
  saveDeployment: ['change_deployment'],
  renewDeployment: 'extends the lease of a process',
  takeLease: 'says which process works',
  extendLease: 'says which process works',
  recordStep: 'the steps are a record of their own, with attempts and times',
  addTemplate: 'a template belongs to no tenant',
  touchTemplate: 'a template belongs to no tenant',
  retireTemplate: 'a template belongs to no tenant',
  removeTemplate: 'a template belongs to no tenant',
  initialize: 'creates the tables; the migrations are recorded',
  close: 'changes nothing',
  findByRequestKey: 'reads',
  findDeployedBundles: 'reads',
  findTemplate: 'reads',
  findTenants: 'reads',
  getDeployment: 'reads',
  getTenant: 'reads',
  listAllTenants: 'reads',
  listAuditEntries: 'reads',
  listDeployments: 'reads',
  listOverdue: 'reads',
  listSteps: 'reads',
  listTemplates: 'reads',
  listTenants: 'reads',
  listUnfinishedDeployments: 'reads',
  selectTenants: 'reads',
  setQuotaOverrides: ['change_tenant_quotas'],
  claimPooledDatabase: ['create_tenant'],
  addPooledDatabase: 'a prepared database belongs to no tenant',
  changePooledDatabase: 'a prepared database belongs to no tenant',
  removePooledDatabase: 'a prepared database belongs to no tenant',
  listAbandoned: 'reads',
  listPooledDatabases: 'reads',
  readQuota: 'reads',
  listMembers: 'reads',
  getRelease: 'reads',
  listReleases: 'reads',
  listChannels: 'reads',
  getTenantRelease: 'reads',
  selectFleet: 'reads',
  getRollout: 'reads',
  listRollouts: 'reads',
  listAbandonedRollouts: 'reads',
  listRolloutTenants: 'reads',
  countRolloutTenants: 'reads',
  averageDurations: 'reads',
  countTenantReleases: 'reads',
  listTenantReleases: 'reads',
  listPlannedRollouts: 'reads',
  hasRolloutsOnAccess: 'reads',
  takeWorkLease: 'says which process works',
  extendWorkLease: 'says which process works',
  takeRolloutLease: 'says which process works',
  extendRolloutLease: 'says which process works',
  claimQuota: 'usage is counted, with its times',
  endReservation: 'usage is counted, with its times',
  removeExpired: 'usage is counted, with its times',
  addMember: 'usage is counted, with its times',
  removeMember: 'usage is counted, with its times',
  addRelease: 'a release belongs to no tenant',
  putChannel: 'a release belongs to no tenant',
  addRollout: 'the rollout is a record of its own; the deployments of its tenants are recorded',
  addRolloutTenants: 'the rollout is a record of its own; the deployments of its tenants are recorded',
  startRollout: 'the rollout is a record of its own; the deployments of its tenants are recorded',
  discardRollout: 'the rollout is a record of its own; the deployments of its tenants are recorded',
  recordAccess: 'the rollout is a record of its own; the deployments of its tenants are recorded',
  updateRollout: 'the rollout is a record of its own; the deployments of its tenants are recorded',
  saveRolloutTenants: 'the rollout is a record of its own; the deployments of its tenants are recorded',
  setTenantChannel: 'says at which release a tenant should be',
};

describe('the audit log', () => {
  it('is written by every method of the registry that changes a tenant or deployment', async () => {
    const { registry } = await openRegistry();
    expect(Object.keys(METHODS).toSorted()).toEqual(Object.keys(registry).toSorted());
    const recorded = Object.values(METHODS).filter((method) => typeof method !== 'string');
    expect([...new Set(recorded.flat())].toSorted()).toEqual([...AuditActionEnum.options].toSorted());
  });
});
