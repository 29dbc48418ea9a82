import type { ProvisioningStep, ProvisioningStepName } from '../system/provisioning.zod.js';

/** Provisioning step that succeeded or failed. */
export interface EndedStep {
  /** Name of the provisioning step. */
  name: ProvisioningStepName;
  /**
   * Timestamp at which the attempt started, for an attempt whose start is not recorded yet: the registry records its start
   * and its end together. If omitted, this is the end of the latest attempt whose start is recorded.
   */
  startedAt?: string;
  /** Result of the attempt, with its timestamp and details. */
  outcome: StepEnd;
}

/** Change to a provisioning step. */
export type StepChange = ({ status: 'running'; at: string } | StepEnd) & {
  /** Condition: the step is written only if no other process has taken over the lease with this fencing token. */
  lease?: number;
  /** Steps that ended after this one, in the same transaction. Only with the status `completed`. */
  also?: readonly EndedStep[];
  /** Step that starts at the timestamp of this change, in the same transaction. Only with the status `completed`. */
  next?: ProvisioningStepName;
};

/** Request to acquire the lease for provisioning a tenant. */
export interface LeaseRequest {
  /** Current timestamp. A lease that ends at this time or earlier is not held. */
  now: string;
  /** Timestamp at which the lease ends. */
  until: string;
  /** Step of the provisioning that starts with the lease, in the same transaction. */
  step?: ProvisioningStepName;
}

/** Result of an attempt of a provisioning step: completed or failed. */
export type StepEnd =
  | { status: 'completed'; at: string; externalRef?: string }
  | {
      status: 'failed';
      at: string;
      errorCode: NonNullable<ProvisioningStep['errorCode']>;
      retryable: boolean;
    };
