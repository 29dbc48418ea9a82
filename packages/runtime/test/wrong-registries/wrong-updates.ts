import type { ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { callsAtOnce } from './calls-at-once.js';
import { type WrongRegistries, without, withTenant } from './wrong-registry.js';

const updated = callsAtOnce();

const unchanged = (record: TenantRecord) => {
  const { provisioningStatus, plan } = record.tenant;
  const previous = { provisioningStatus, plan, destroyedAt: record.destroyedAt };
  return { record, changed: false, previous };
};

type Update = Parameters<ITenantRegistry['updateTenant']>;

const EVERY_STATUS = ['provisioning', 'active', 'suspended', 'failed', 'destroying'] as const;

/** Registries with a fault in changing tenants and recording their steps. */
export const wrongUpdates: WrongRegistries = {
  'returns the record from before the change': {
    breaks: [
      'update/changes',
      'update/quotas',
      'update/concurrent',
      'update/clears-deadline',
      'update/destroyed',
      'update/if-overdue',
      'transition/tenant-provisioning',
      'transition/tenant-active',
      'transition/tenant-suspended',
      'transition/tenant-failed',
      'recovery/recovers',
    ],
    methods: (registry) => ({
      updateTenant: async (...[tenantId, from, change]: Update) => {
        const before = await registry.getTenant(tenantId);
        const update = await registry.updateTenant(tenantId, from, change);
        return { ...update, record: before ?? update.record };
      },
    }),
  },
  'returns the new state as the previous one': {
    breaks: ['update/previous'],
    methods: (registry) => ({
      updateTenant: async (...args: Update) => {
        const update = await registry.updateTenant(...args);
        const { provisioningStatus, plan } = update.record.tenant;
        return { ...update, previous: { ...update.previous, provisioningStatus, plan } };
      },
    }),
  },
  'replaces a token that another process has replaced': {
    breaks: ['update/if-token'],
    methods: (registry) => ({
      updateTenant: (...[tenantId, from, change]: Update) =>
        registry.updateTenant(tenantId, from, without(change, 'ifTokenNonce')),
    }),
  },
  'stores another connection than it returns': {
    breaks: ['update/changes', 'audit/keys', 'update/if-token'],
    methods: (registry) => ({
      updateTenant: async (...[tenantId, from, change]: Update) => {
        const { url = '', databaseName = '' } = change.connectionConfig ?? {};
        const connectionConfig = { url: `${url}/`, databaseName };
        const update = await registry.updateTenant(tenantId, from, {
          ...change,
          ...(change.connectionConfig && { connectionConfig }),
        });
        if (!update.changed || !change.connectionConfig) return update;
        return {
          ...update,
          record: withTenant(update.record, { connectionConfig: change.connectionConfig }),
        };
      },
    }),
  },
  'changes every tenant of the organization': {
    breaks: ['update/other-tenants'],
    methods: (registry) => ({
      updateTenant: async (...[tenantId, from, change]: Update) => {
        const update = await registry.updateTenant(tenantId, from, change);
        const others = await registry.listTenants(update.record.tenant.organizationId);
        if (change.provisioningStatus === 'suspended' && update.changed)
          for (const { tenant } of others)
            if (tenant.id !== tenantId) await registry.updateTenant(tenant.id, from, change);
        return update;
      },
    }),
  },
  'keeps the quotas of the former plan': {
    breaks: ['update/quotas'],
    methods: (registry) => ({
      updateTenant: async (...[tenantId, from, change]: Update) => {
        const before = await registry.getTenant(tenantId);
        const update = await registry.updateTenant(tenantId, from, change);
        return { ...update, record: withTenant(update.record, { quotas: before?.tenant.quotas }) };
      },
    }),
  },
  'changes a tenant in any status': {
    breaks: ['update/other-status', 'update/concurrent', 'update/step-unchanged', 'audit/concurrent'],
    methods: (registry) => ({
      updateTenant: (...[tenantId, , change]: Update) =>
        registry.updateTenant(tenantId, EVERY_STATUS, change),
    }),
  },
  'reads the status before it changes the tenant': {
    breaks: ['update/concurrent', 'audit/concurrent'],
    methods: (registry) => ({
      updateTenant: async (...[tenantId, from, change]: Update) => {
        if (from[0] !== 'active' || from.length > 1)
          return updated.run(() => registry.updateTenant(tenantId, from, change));
        const before = await updated.run(() => registry.getTenant(tenantId));
        if (before?.tenant.provisioningStatus !== 'active')
          return registry.updateTenant(tenantId, from, change);
        await updated.ended();
        return registry.updateTenant(
          tenantId,
          [...from, ...(change.provisioningStatus ? [change.provisioningStatus] : [])],
          change,
        );
      },
    }),
  },
  'moves a deadline that it should remove': {
    breaks: ['update/clears-deadline', 'recovery/recovers'],
    methods: (registry) => ({
      updateTenant: (...[tenantId, from, change]: Update) =>
        registry.updateTenant(tenantId, from, {
          ...change,
          ...(change.deadlineAt === null && { deadlineAt: '2026-01-01T00:00:09.000Z' }),
        }),
    }),
  },
  'removes the deadline at every change': {
    breaks: ['update/changes', 'update/clears-deadline'],
    methods: (registry) => ({
      updateTenant: (...[tenantId, from, change]: Update) =>
        registry.updateTenant(tenantId, from, { deadlineAt: null, ...change }),
    }),
  },
  'says that it changed a destroyed tenant': {
    breaks: ['update/destroyed'],
    methods: (registry) => ({
      updateTenant: async (...args: Update) => {
        const update = await registry.updateTenant(...args);
        return { ...update, changed: update.changed || update.record.destroyedAt !== null };
      },
    }),
  },
  'ignores the deadline': {
    breaks: ['update/if-overdue'],
    methods: (registry) => ({
      updateTenant: (...[tenantId, from, change]: Update) =>
        registry.updateTenant(tenantId, from, without(change, 'ifOverdueAt')),
    }),
  },
  'does not count an attempt whose start was not recorded': {
    breaks: ['update/steps', 'update/step-attempts', 'update/step-collision'],
    methods: (registry) => ({
      updateTenant: (...[tenantId, from, { steps, ...change }]: Update) =>
        registry.updateTenant(tenantId, from, {
          ...change,
          ...(steps && { steps: steps.map((step) => without(step, 'startedAt')) }),
        }),
    }),
  },
  'ends only the first of several steps': {
    breaks: ['update/steps'],
    methods: (registry) => ({
      updateTenant: (...[tenantId, from, { steps, ...change }]: Update) =>
        registry.updateTenant(tenantId, from, { ...change, ...(steps && { steps: steps.slice(0, 1) }) }),
    }),
  },
  'forgets that a database is not the one of the tenant': {
    breaks: ['update/step-collision'],
    methods: (registry) => {
      const codes = new Map<string, 'internal'>();
      return {
        updateTenant: async (...args: Update) => {
          const update = await registry.updateTenant(...args);
          for (const { name, startedAt, outcome } of args[2].steps ?? [])
            if (startedAt !== undefined && outcome.status === 'failed') codes.set(name, 'internal');
          return update;
        },
        listSteps: async (tenantId) =>
          (await registry.listSteps(tenantId)).map((step) => {
            const errorCode = codes.get(step.name);
            return errorCode && step.errorCode === 'database_collision' ? { ...step, errorCode } : step;
          }),
      };
    },
  },
  'writes a completed step again': {
    breaks: ['update/step-completed'],
    methods: (registry) => {
      const written = new Map<string, string>();
      return {
        updateTenant: async (...args: Update) => {
          const update = await registry.updateTenant(...args);
          for (const { name, startedAt } of args[2].steps ?? [])
            if (update.changed && startedAt !== undefined) written.set(name, startedAt);
          return update;
        },
        listSteps: async (tenantId) =>
          (await registry.listSteps(tenantId)).map((step) => {
            const startedAt = written.get(step.name);
            return startedAt !== undefined && step.attempt === 1 && step.status === 'completed'
              ? { ...step, startedAt }
              : step;
          }),
      };
    },
  },
  'does not end the step': {
    breaks: ['update/step', 'update/steps', 'update/step-attempts', 'update/step-collision'],
    methods: (registry) => ({
      updateTenant: (...[tenantId, from, change]: Update) =>
        registry.updateTenant(tenantId, from, without(change, 'steps')),
    }),
  },
  'ends the step whether or not it changes the tenant': {
    breaks: ['update/step-attempts', 'update/step-unchanged'],
    methods: (registry) => ({
      updateTenant: async (...[tenantId, from, change]: Update) => {
        for (const { name, outcome } of change.steps ?? [])
          await registry.recordStep(tenantId, name, outcome);
        return registry.updateTenant(tenantId, from, change);
      },
    }),
  },
  'rejects an unknown tenant with another code': {
    breaks: ['update/unknown'],
    methods: (registry) => ({
      updateTenant: (...args: Update) =>
        registry.updateTenant(...args).catch(() => {
          throw new ObjectStackError({ code: 'record_not_found', message: 'There is no such row.' });
        }),
    }),
  },
  'permits the status of a failed tenant to become active': {
    breaks: ['transition/tenant-failed'],
    methods: (registry) => ({
      updateTenant: async (...[tenantId, from, change]: Update) => {
        const before = await registry.getTenant(tenantId);
        if (before?.tenant.provisioningStatus === 'failed' && change.provisioningStatus === 'active')
          await registry.updateTenant(tenantId, from, { provisioningStatus: 'provisioning' });
        return registry.updateTenant(tenantId, from, change);
      },
    }),
  },
  'permits an active tenant to remain active only': {
    breaks: ['transition/tenant-active', 'copy/switch-unchanged'],
    methods: (registry) => ({
      updateTenant: async (...[tenantId, from, change]: Update) => {
        const before = await registry.getTenant(tenantId);
        return before?.tenant.provisioningStatus === 'active' && change.provisioningStatus === 'destroying'
          ? unchanged(before)
          : registry.updateTenant(tenantId, from, change);
      },
    }),
  },
  'does not permit a suspended tenant to be resumed': {
    breaks: ['transition/tenant-suspended'],
    methods: (registry) => ({
      updateTenant: async (...[tenantId, from, change]: Update) => {
        const before = await registry.getTenant(tenantId);
        return before?.tenant.provisioningStatus === 'suspended' && change.provisioningStatus === 'active'
          ? unchanged(before)
          : registry.updateTenant(tenantId, from, change);
      },
    }),
  },
  'says that it changed a tenant that is being destroyed': {
    breaks: ['transition/tenant-destroying', 'recovery/recovers'],
    methods: (registry) => ({
      updateTenant: async (...args: Update) => {
        const update = await registry.updateTenant(...args);
        const isLate = update.record.tenant.provisioningStatus === 'destroying' && !update.record.destroyedAt;
        return { ...update, changed: update.changed || isLate };
      },
    }),
  },
  'does not permit provisioning to begin again': {
    breaks: ['transition/tenant-provisioning'],
    methods: (registry) => ({
      updateTenant: async (...[tenantId, from, change]: Update) => {
        const before = await registry.getTenant(tenantId);
        const next = change.provisioningStatus;
        return before?.tenant.provisioningStatus === 'provisioning' && next === 'provisioning'
          ? unchanged(before)
          : registry.updateTenant(tenantId, from, change);
      },
    }),
  },
};
