import type { DoctorFinding } from '@objectstack/spec/system';
import type { Check } from './check.js';

/** Time after which a deployment that nothing was heard of was interrupted. */
const INTERRUPTED_AFTER_MS = 15 * 60_000;

/** What a sweep would have done by now: no process runs one regularly. */
export const checkDeadlines: Check = async (context) => {
  const registry = await context.registry();
  const now = Date.now();
  const [overdue, interrupted] = await Promise.all([
    registry.listOverdue(new Date(now).toISOString()),
    registry.listUnfinishedDeployments(new Date(now - INTERRUPTED_AFTER_MS).toISOString()),
  ]);
  const due = (code: string, message: string): DoctorFinding => ({
    severity: 'warning',
    check: 'deadlines',
    code,
    message,
    command: 'objectstack sweep',
  });
  return [
    ...overdue.map(({ tenant: { id, provisioningStatus }, deadlineAt }) =>
      due(
        'deadline_passed',
        `The deadline of tenant ${id}, which is ${provisioningStatus}, passed at ${deadlineAt}.`,
      ),
    ),
    ...interrupted.map(({ tenantId, id }) =>
      due('deployment_interrupted', `The deployment ${id} to tenant ${tenantId} was interrupted.`),
    ),
  ];
};
