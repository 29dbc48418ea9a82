import { DeployStatusEnum } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { DEPLOYMENT_STATUS_TRANSITIONS, deploymentStatusesBefore } from './deployment-status-transitions.js';

describe('deploymentStatusesBefore', () => {
  it.each(DeployStatusEnum.options)('returns the statuses that may change to %s', (next) => {
    const before = DeployStatusEnum.options.filter((status) =>
      (DEPLOYMENT_STATUS_TRANSITIONS[status] as readonly string[]).includes(next),
    );
    expect(deploymentStatusesBefore(next)).toEqual(before);
  });

  it('allows a deployment to run from every status, and a ready one to fail only after it ran again', () => {
    expect(deploymentStatusesBefore('migrating')).toEqual(DeployStatusEnum.options);
    expect(deploymentStatusesBefore('registering')).toEqual(DeployStatusEnum.options);
    expect(deploymentStatusesBefore('failed')).not.toContain('ready');
    expect(deploymentStatusesBefore('validating')).toEqual([]);
  });
});
