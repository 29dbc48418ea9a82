import { DeployStatusEnum } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { DEPLOYMENT_STATUS_TRANSITIONS, deploymentStatusesBefore } from './deployment-status-transitions.js';

describe('deploymentStatusesBefore', () => {
  it.each(DeployStatusEnum.options)('names for %s what the table allows', (next) => {
    const before = DeployStatusEnum.options.filter((status) =>
      (DEPLOYMENT_STATUS_TRANSITIONS[status] as readonly string[]).includes(next),
    );
    expect(deploymentStatusesBefore(next)).toEqual(before);
  });

  it('lets a deployment run from every status, and one that is ready not fail unless it runs', () => {
    expect(deploymentStatusesBefore('migrating')).toEqual(DeployStatusEnum.options);
    expect(deploymentStatusesBefore('registering')).toEqual(DeployStatusEnum.options);
    expect(deploymentStatusesBefore('failed')).not.toContain('ready');
    expect(deploymentStatusesBefore('validating')).toEqual([]);
  });
});
