import { DeployStatusEnum } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { DEPLOYMENT_TRANSITIONS, statusesBefore } from './deployment-transitions.js';

describe('statusesBefore', () => {
  it.each(DeployStatusEnum.options)('names for %s what the table allows', (next) => {
    const before = DeployStatusEnum.options.filter((status) =>
      (DEPLOYMENT_TRANSITIONS[status] as readonly string[]).includes(next),
    );
    expect(statusesBefore(next)).toEqual(before);
  });

  it('lets a deployment run from every status, and one that is ready not fail unless it runs', () => {
    expect(statusesBefore('migrating')).toEqual(DeployStatusEnum.options);
    expect(statusesBefore('registering')).toEqual(DeployStatusEnum.options);
    expect(statusesBefore('failed')).not.toContain('ready');
    expect(statusesBefore('validating')).toEqual([]);
  });
});
