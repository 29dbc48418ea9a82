import type { PooledDatabase } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { WrongRegistries } from './wrong-registry.js';

const FAR = '2999-01-01T00:00:00.000Z';

let previous: Promise<unknown> = Promise.resolve();

/** One claim of all registries after the other, so that each finds what the one before has left. */
function inTurn<T>(run: () => Promise<T>): Promise<T> {
  const running = previous.then(run);
  previous = running.catch(() => undefined);
  return running;
}

/** Registries with a fault in the pool of prepared databases, in recovery or in the leases of work. */
export const wrongPools: WrongRegistries = {
  'forgets the region of a prepared database': {
    breaks: ['pool/complete', 'pool/claim'],
    methods: (registry) => ({
      addPooledDatabase: (record: PooledDatabase) => registry.addPooledDatabase({ ...record, region: null }),
    }),
  },
  'adds a prepared database once more under another name': {
    breaks: ['pool/unique'],
    methods: (registry) => ({
      addPooledDatabase: async (record) => {
        try {
          await registry.addPooledDatabase(record);
        } catch (error) {
          if (!ObjectStackError.isInstance(error, 'unique_violation')) throw error;
        }
      },
    }),
  },
  'accepts prepared copies of unknown templates': {
    breaks: ['pool/template'],
    methods: (registry) => ({
      addPooledDatabase: async (record) => {
        try {
          await registry.addPooledDatabase(record);
        } catch (error) {
          if (!ObjectStackError.isInstance(error, 'database_not_found')) throw error;
          await registry.addPooledDatabase({ ...record, templateDatabase: null });
        }
      },
    }),
  },
  'changes prepared databases in every status': {
    breaks: ['pool/change'],
    methods: (registry) => ({
      changePooledDatabase: async (tenantId, _from, change) => {
        const entries = await registry.listPooledDatabases();
        const entry = entries.find((one) => one.tenantId === tenantId);
        return entry ? registry.changePooledDatabase(tenantId, entry.status, change) : false;
      },
    }),
  },
  'removes prepared databases that are ready': {
    breaks: ['pool/remove'],
    methods: (registry) => ({
      removePooledDatabase: async (tenantId) => {
        await registry.changePooledDatabase(tenantId, 'ready', { status: 'deleting' });
        await registry.removePooledDatabase(tenantId);
      },
    }),
  },
  'claims without steps': {
    breaks: ['pool/claim'],
    methods: (registry) => ({
      claimPooledDatabase: (poolKey, claim) => registry.claimPooledDatabase(poolKey, { ...claim, steps: [] }),
    }),
  },
  'claims databases without the release of the channel': {
    breaks: ['pool/release'],
    methods: (registry) => ({
      claimPooledDatabase: (poolKey, { ifNoReleaseIn: _, ...claim }) =>
        registry.claimPooledDatabase(poolKey, claim),
    }),
  },
  'claims databases of other pools': {
    breaks: ['pool/claims-ready'],
    methods: (registry) => ({
      claimPooledDatabase: async (poolKey, claim) => {
        const claimed = await registry.claimPooledDatabase(poolKey, claim);
        const [entry] = (await registry.listPooledDatabases()).filter(({ status }) => status === 'ready');
        return claimed ?? (entry ? registry.claimPooledDatabase(entry.poolKey, claim) : null);
      },
    }),
  },
  'leaves a claimed database in the pool': {
    breaks: ['pool/claim', 'pool/claims-once', 'pool/request-key'],
    methods: (registry) => ({
      claimPooledDatabase: (poolKey, claim) =>
        inTurn(async () => {
          const entries = await registry.listPooledDatabases();
          const claimed = await registry.claimPooledDatabase(poolKey, claim);
          const entry = entries.find(({ tenantId }) => tenantId === claimed?.record.tenant.id);
          if (entry && claimed?.created) await registry.addPooledDatabase(entry);
          return claimed;
        }),
    }),
  },
  'claims a database for a request key that was used': {
    breaks: ['pool/request-key'],
    methods: (registry) => ({
      claimPooledDatabase: async (poolKey, claim) => {
        const claimed = await registry.claimPooledDatabase(poolKey, claim);
        if (claimed?.created !== false) return claimed;
        return registry.claimPooledDatabase(poolKey, {
          ...claim,
          record: { ...claim.record, requestKey: null },
        });
      },
    }),
  },
  'recovers tenants after their deadline': {
    breaks: ['recovery/recovers'],
    methods: (registry) => ({
      updateTenant: (id, from, change, by) =>
        registry.updateTenant(
          id,
          from,
          change.ifDeadlineAfter === undefined ? change : { ...change, ifDeadlineAfter: '' },
          by,
        ),
    }),
  },
  'finds provisioning that a process is working at': {
    breaks: ['recovery/abandoned'],
    methods: (registry) => ({ listAbandoned: () => registry.listAbandoned(FAR) }),
  },
  'gives a held lease of work': {
    breaks: ['work/takes', 'work/once', 'work/extends'],
    methods: (registry) => ({
      takeWorkLease: (name, lease) => registry.takeWorkLease(name, { ...lease, now: FAR }),
    }),
  },
  'says that it extended a lost lease of work': {
    breaks: ['work/extends'],
    methods: (registry) => ({
      extendWorkLease: async (name, lease) => {
        await registry.extendWorkLease(name, lease);
        return true;
      },
    }),
  },
};
