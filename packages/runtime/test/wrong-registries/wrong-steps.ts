import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { ProvisioningStep } from '@objectstack/spec/system';
import { type WrongRegistries, without } from './wrong-registry.js';

type Step = Parameters<ITenantRegistry['recordStep']>;

const listing = (registry: ITenantRegistry, change: (step: ProvisioningStep) => ProvisioningStep) => ({
  listSteps: async (tenantId: string) => (await registry.listSteps(tenantId)).map(change),
});

/** Records a step of a tenant in one status although it is no longer being provisioned. */
const saysWritten = (status: string, broken = status) => ({
  breaks: [`step/${broken}`],
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
    breaks: ['step/running', 'step/failed', 'step/completed', 'step/concurrent-change', 'fencing/steps'],
    methods: (registry) => ({
      recordStep: async (...args: Step) => {
        await registry.recordStep(...args);
        return false;
      },
    }),
  },
  'counts attempts from zero': {
    breaks: ['update/step', 'step/running', 'step/failed', 'step/attempts', 'step/concurrent', 'pool/claim'],
    methods: (registry) => listing(registry, (step) => ({ ...step, attempt: step.attempt - 1 })),
  },
  'does not count attempts': {
    breaks: ['step/attempts', 'step/concurrent'],
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
    breaks: ['step/failed'],
    methods: (registry) =>
      listing(registry, (step) =>
        step.status === 'failed' ? { ...step, errorCode: 'internal', retryable: false } : step,
      ),
  },
  'stores no reference to what a step created': {
    breaks: ['step/attempts'],
    methods: (registry) => listing(registry, (step) => without(step, 'externalRef')),
  },
  'says that a completed step cannot be written': {
    breaks: ['step/completed'],
    methods: (registry) => ({
      recordStep: async (...args: Step) => {
        const steps = await registry.listSteps(args[0]);
        const isCompleted = steps.some(({ name, status }) => name === args[1] && status === 'completed');
        return (await registry.recordStep(...args)) && !isCompleted;
      },
    }),
  },
  'does not start the next step': {
    breaks: ['step/next'],
    methods: (registry) => ({
      recordStep: (...[tenantId, name, change]: Step) =>
        registry.recordStep(tenantId, name, without(change, 'next')),
    }),
  },
  'computes a negative duration': {
    breaks: ['step/end-before-start', 'pool/claim'],
    methods: (registry) =>
      listing(registry, (step) => (step.durationMs === 0 ? { ...step, durationMs: -2_500 } : step)),
  },
  'reads the status of the tenant before it records the step': {
    breaks: ['step/concurrent-change', 'fencing/steps'],
    methods: (registry) => ({
      recordStep: async (...args: Step) => {
        const record = await registry.getTenant(args[0]);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await registry.recordStep(...args);
        return record?.tenant.provisioningStatus === 'provisioning';
      },
    }),
  },
  'says that it wrote a step of an unknown tenant': {
    breaks: ['step/unknown'],
    methods: (registry) => ({
      recordStep: async (...args: Step) =>
        (await registry.recordStep(...args)) || (await registry.getTenant(args[0])) === null,
    }),
  },
  'says that it wrote a step of an active tenant': saysWritten('active'),
  'says that it wrote a step of a suspended tenant': saysWritten('suspended'),
  'says that it wrote a step of a failed tenant': saysWritten('failed', 'failed-tenant'),
  'says that it wrote a step of a tenant being destroyed': saysWritten('destroying'),
  'lists steps by name': {
    breaks: ['step/order', 'pool/claim'],
    methods: (registry) => ({
      listSteps: async (tenantId) =>
        (await registry.listSteps(tenantId)).sort((one, other) => one.name.localeCompare(other.name)),
    }),
  },
};
