import type { DeploymentGuard, ITenantRegistry, StoredDeployment } from '@objectstack/spec/contracts';
import type { DeployStatus } from '@objectstack/spec/system';
import { callsAtOnce } from './calls-at-once.js';
import { type WrongRegistries, type WrongRegistry, without } from './wrong-registry.js';

const takenOver = callsAtOnce();

type Save = Parameters<ITenantRegistry['saveDeployment']>;
type Renew = Parameters<ITenantRegistry['renewDeployment']>;

/** Writes under another guard. */
const guardedBy = (change: (guard: DeploymentGuard, stored: StoredDeployment | null) => DeploymentGuard) =>
  ((registry) => ({
    saveDeployment: async (...[record, guard]: Save) => {
      const stored = await registry.getDeployment(record.tenantId, record.id);
      return registry.saveDeployment(record, change(guard, stored));
    },
  })) satisfies WrongRegistry['methods'];

/** Reads records with a change. */
const reading = (change: (record: StoredDeployment) => StoredDeployment) =>
  ((registry) => ({
    getDeployment: async (...args: [string, string]) => {
      const record = await registry.getDeployment(...args);
      return record && change(record);
    },
  })) satisfies WrongRegistry['methods'];

/** Refuses, or claims to have made, one transition. */
const transition = (from: DeployStatus, to: DeployStatus, changed: boolean): WrongRegistry => ({
  breaks: [`transition/deployment-${from}`],
  methods: (registry) => ({
    saveDeployment: async (...[record, guard]: Save) => {
      const stored = await registry.getDeployment(record.tenantId, record.id);
      if (stored?.status !== from || record.status !== to || !('revision' in guard && 'take' in guard))
        return registry.saveDeployment(record, guard);
      return { record: stored, changed, previousStatus: stored.status };
    },
  }),
});

/** Registries with a fault in the records of deployments and their leases. */
export const wrongDeployments: WrongRegistries = {
  'does not return the previous status': {
    breaks: ['deployment/previous'],
    methods: (registry) => ({
      saveDeployment: async (...args: Save) => ({
        ...(await registry.saveDeployment(...args)),
        previousStatus: null,
      }),
    }),
  },
  'loses what a deployment rolls back': {
    breaks: ['deployment/complete'],
    methods: reading((record) => without(record, 'rollbackOf')),
  },
  'counts revisions from zero': {
    breaks: [
      'deployment/complete',
      'deployment/same-id',
      'lease/adds',
      'lease/fenced',
      'lease/renews',
      'lease/ended-by-revision',
    ],
    methods: reading((record) => ({ ...record, revision: record.revision - 1 })),
  },
  'adds a record at each write': {
    breaks: ['deployment/replaces'],
    methods: (registry) => ({
      listDeployments: async (tenantId) => {
        const records = await registry.listDeployments(tenantId);
        return records.flatMap((record) => (record.revision === 2 ? [record, record] : [record]));
      },
    }),
  },
  'removes supersededBy with any write': {
    breaks: ['deployment/superseded-by'],
    methods: (registry) => ({
      saveDeployment: async (...args: Save) => {
        const { record, ...saved } = await registry.saveDeployment(...args);
        return { ...saved, record: record && record.revision > 1 ? without(record, 'supersededBy') : record };
      },
    }),
  },
  'never removes supersededBy': {
    breaks: ['deployment/superseded-by'],
    methods: (registry) => ({
      saveDeployment: async (...[record, guard]: Save) => {
        const stored = await registry.getDeployment(record.tenantId, record.id);
        return registry.saveDeployment(
          { ...(stored?.supersededBy && { supersededBy: stored.supersededBy }), ...record },
          guard,
        );
      },
    }),
  },
  'finds the deployments of other tenants': {
    breaks: ['deployment/missing'],
    methods: (registry) => ({
      getDeployment: async (tenantId, id) =>
        (await registry.getDeployment(tenantId, id)) ??
        (tenantId === 'other' ? registry.getDeployment('tenant', id) : null),
    }),
  },
  'has one deployment with an id': {
    breaks: ['deployment/same-id'],
    methods: (registry) => ({
      saveDeployment: async (...[record, guard]: Save) => {
        const stored = await registry.getDeployment('tenant', record.id);
        return stored && stored.tenantId !== record.tenantId
          ? { record: stored, changed: false, previousStatus: stored.status }
          : registry.saveDeployment(record, guard);
      },
    }),
  },
  'lists the first deployment first': {
    breaks: ['deployment/list'],
    methods: (registry) => ({
      listDeployments: async (tenantId) => (await registry.listDeployments(tenantId)).reverse(),
    }),
  },
  'lists deployments that have ended as unfinished': {
    breaks: ['deployment/unfinished'],
    methods: (registry) => ({
      listUnfinishedDeployments: async (before) => [
        ...(await registry.listUnfinishedDeployments(before)),
        ...(await registry.listDeployments('tenant')).filter(({ status }) => status === 'failed'),
      ],
    }),
  },
  'lists unfinished deployments with a live lease': {
    breaks: ['deployment/unfinished'],
    methods: (registry) => ({
      listUnfinishedDeployments: async () => registry.listUnfinishedDeployments('2027-01-01T00:00:00.000Z'),
    }),
  },
  'forgets the bundles of failed deployments': {
    breaks: ['deployment/deployed-bundles'],
    methods: (registry) => ({
      findDeployedBundles: async (checksums) =>
        (await registry.findDeployedBundles(checksums)).filter((one) => !one.startsWith('c')),
    }),
  },
  'returns every bundle that is deployed': {
    breaks: ['deployment/deployed-bundles'],
    methods: (registry) => ({
      findDeployedBundles: (checksums) =>
        registry.findDeployedBundles(checksums.length === 1 ? [...checksums, 'a'.repeat(64)] : checksums),
    }),
  },
  'keeps the bundles of destroyed tenants': {
    breaks: ['deployment/bundles-of-destroyed'],
    methods: (registry) => ({
      findDeployedBundles: async (checksums) =>
        checksums.length === 2 ? [...checksums] : registry.findDeployedBundles(checksums),
    }),
  },
  'replaces a record that it should add': {
    breaks: ['lease/adds'],
    methods: guardedBy((guard, stored) =>
      'take' in guard && guard.revision === null && stored ? { ...guard, revision: stored.revision } : guard,
    ),
  },
  'takes a lease over at any revision': {
    breaks: ['lease/takes-over', 'lease/renewed-not-taken'],
    methods: guardedBy((guard, stored) =>
      'take' in guard && guard.revision !== null && stored ? { ...guard, revision: stored.revision } : guard,
    ),
  },
  'reads the revision before it takes a lease over': {
    breaks: ['lease/takes-over-once'],
    methods: (registry) => ({
      saveDeployment: async (...[record, guard]: Save) => {
        const stored = await takenOver.run(() => registry.getDeployment(record.tenantId, record.id));
        if (!('take' in guard) || guard.revision === null || stored?.revision !== guard.revision)
          return registry.saveDeployment(record, guard);
        await takenOver.ended();
        const saved = await registry.saveDeployment(record, guard);
        if (saved.changed) return saved;
        const latest = await registry.getDeployment(record.tenantId, record.id);
        return registry.saveDeployment(record, { ...guard, revision: latest?.revision ?? 0 });
      },
    }),
  },
  'writes under any lease': {
    breaks: ['lease/fenced', 'lease/ends-with-deployment', 'lease/ended-by-revision', 'deployment/previous'],
    methods: guardedBy((guard, stored) =>
      'lease' in guard && stored ? { take: 'any', revision: stored.revision } : guard,
    ),
  },
  'says that any lease was renewed': {
    breaks: ['lease/adds-once', 'lease/fenced', 'lease/ends-with-deployment', 'lease/ended-by-revision'],
    methods: (registry) => ({
      renewDeployment: async (...args: Renew) => {
        await registry.renewDeployment(...args);
        return (await registry.getDeployment(args[0], args[1])) !== null;
      },
    }),
  },
  'says that a lease of a missing record was renewed': {
    breaks: ['lease/missing'],
    methods: (registry) => ({
      renewDeployment: async (...args: Renew) =>
        (await registry.renewDeployment(...args)) ||
        (await registry.getDeployment(args[0], args[1])) === null,
    }),
  },
  'does not move the time when it renews a lease': {
    breaks: ['deployment/unfinished', 'lease/renews'],
    methods: (registry) => ({
      renewDeployment: async (...[tenantId, id, { lease }]: Renew) => {
        const stored = await registry.getDeployment(tenantId, id);
        return registry.renewDeployment(tenantId, id, {
          lease,
          updatedAt: stored?.updatedAt ?? '2026-01-01T00:00:00.000Z',
        });
      },
    }),
  },
  'keeps the lease after a write by revision': {
    breaks: ['deployment/superseded-by', 'lease/ended-by-revision'],
    methods: guardedBy((guard) =>
      'take' in guard || 'lease' in guard ? guard : { take: 'a', revision: guard.revision },
    ),
  },
  'does not permit a migrating deployment to become ready': transition('migrating', 'ready', false),
  'does not permit a registering deployment to migrate again': transition('registering', 'migrating', false),
  'permits a ready deployment to fail': transition('ready', 'failed', true),
  'does not permit a failed deployment to run again': transition('failed', 'migrating', false),
};
