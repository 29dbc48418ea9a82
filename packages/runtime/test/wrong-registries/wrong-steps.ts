import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { ProvisioningStep } from '@objectstack/spec/system';
import { callsAtOnce } from './calls-at-once.js';
import { type WrongRegistries, without } from './wrong-registry.js';

type Step = Parameters<ITenantRegistry['recordStep']>;
type Update = Parameters<ITenantRegistry['updateTenant']>;

const [readStatus, updated] = [callsAtOnce(), callsAtOnce()];

const listing = (registry: ITenantRegistry, change: (step: ProvisioningStep) => ProvisioningStep) => ({
  listSteps: async (tenantId: string) => (await registry.listSteps(tenantId)).map(change),
});

/** Records a step of a tenant in one status although it is no longer being provisioned. */
const saysWritten = (status: string, ...broken: string[]) => ({
  breaks: broken.map((name) => `step/${name}`),
  methods: (registry: ITenantRegistry) => ({
    recordStep: async (...args: Step) => {
      const record = await registry.getTenant(args[0]);
      return (await registry.recordStep(...args)) || record?.tenant.provisioningStatus === status;
    },
  }),
});

/** Registries with a fault in recording the steps of provisioning. */
export const wrongSteps: WrongRegistries = {
  'does not say that it wrote a step': {
    breaks: [
      'step/running',
      'step/failed',
      'step/completed',
      'step/concurrent-change',
      'step/also',
      'step/next',
      'fencing/steps',
    ],
    methods: (registry) => ({
      recordStep: async (...args: Step) => {
        await registry.recordStep(...args);
        return false;
      },
    }),
  },
  'counts attempts from zero': {
    breaks: [
      'update/step',
      'update/steps',
      'update/step-attempts',
      'update/step-collision',
      'step/running',
      'step/failed',
      'step/attempts',
      'step/concurrent',
      'step/also',
      'step/next',
      'fencing/new-tenant',
      'fencing/starts',
      'pool/claim',
    ],
    methods: (registry) => listing(registry, (step) => ({ ...step, attempt: step.attempt - 1 })),
  },
  'does not count attempts': {
    breaks: [
      'update/step-attempts',
      'update/step-collision',
      'step/attempts',
      'step/concurrent',
      'step/next',
      'fencing/starts',
    ],
    methods: (registry) => listing(registry, (step) => ({ ...step, attempt: 1 })),
  },
  'removes the failure when the step starts again': {
    breaks: ['step/attempts'],
    methods: (registry) =>
      listing(registry, (step) =>
        step.status === 'running' ? without(step, 'errorCode', 'retryable') : step,
      ),
  },
  'stores no reason of a failure': {
    breaks: ['step/failed', 'update/step-collision', 'update/steps'],
    methods: (registry) =>
      listing(registry, (step) =>
        step.status === 'failed' ? { ...step, errorCode: 'internal', retryable: false } : step,
      ),
  },
  'stores no reference to what a step created': {
    breaks: ['step/attempts', 'update/steps'],
    methods: (registry) => listing(registry, (step) => without(step, 'externalRef')),
  },
  'says that a completed step cannot be written': {
    breaks: ['step/completed', 'step/next'],
    methods: (registry) => ({
      recordStep: async (...args: Step) => {
        const steps = await registry.listSteps(args[0]);
        const isCompleted = steps.some(({ name, status }) => name === args[1] && status === 'completed');
        return (await registry.recordStep(...args)) && !isCompleted;
      },
    }),
  },
  'does not start the next step': {
    breaks: ['step/also', 'step/next'],
    methods: (registry) => ({
      recordStep: (...[tenantId, name, change]: Step) =>
        registry.recordStep(tenantId, name, without(change, 'next')),
    }),
  },
  'does not write the steps that ended after one': {
    breaks: ['step/also'],
    methods: (registry) => ({
      recordStep: (...[tenantId, name, change]: Step) =>
        registry.recordStep(tenantId, name, without(change, 'also')),
    }),
  },
  'computes a negative duration': {
    breaks: ['step/end-before-start', 'pool/claim', 'update/step-attempts', 'update/steps'],
    methods: (registry) =>
      listing(registry, (step) => (step.durationMs === 0 ? { ...step, durationMs: -2_500 } : step)),
  },
  'reads the status of the tenant before it records the step': {
    breaks: ['step/concurrent-change', 'fencing/steps'],
    methods: (registry) => ({
      recordStep: async (...args: Step) => {
        const record = await readStatus.run(() => registry.getTenant(args[0]));
        await updated.ended();
        await registry.recordStep(...args);
        return record?.tenant.provisioningStatus === 'provisioning';
      },
      updateTenant: (...args: Update) =>
        updated.run(async () => {
          await readStatus.ended();
          return registry.updateTenant(...args);
        }),
    }),
  },
  'says that it wrote a step of an unknown tenant': {
    breaks: ['step/unknown'],
    methods: (registry) => ({
      recordStep: async (...args: Step) =>
        (await registry.recordStep(...args)) || (await registry.getTenant(args[0])) === null,
    }),
  },
  'says that it wrote a step of an active tenant': saysWritten('active', 'active', 'also', 'next'),
  'says that it wrote a step of a suspended tenant': saysWritten('suspended', 'suspended'),
  'says that it wrote a step of a failed tenant': saysWritten('failed', 'failed-tenant'),
  'says that it wrote a step of a tenant being destroyed': saysWritten('destroying', 'destroying'),
  'lists steps by name': {
    breaks: ['update/steps', 'step/order', 'step/also', 'step/next', 'pool/claim'],
    methods: (registry) => ({
      listSteps: async (tenantId) =>
        (await registry.listSteps(tenantId)).sort((one, other) => one.name.localeCompare(other.name)),
    }),
  },
};
