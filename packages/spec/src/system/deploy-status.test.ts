import { describe, expect, it } from 'vitest';
import { DeployStatusEnum } from './deploy-status.zod.js';

describe('DeployStatusEnum', () => {
  it('has the statuses of the protocol in order', () => {
    expect(DeployStatusEnum.options).toEqual([
      'validating',
      'diffing',
      'migrating',
      'registering',
      'ready',
      'failed',
    ]);
  });

  it('rejects any other', () => {
    expect(DeployStatusEnum.safeParse('rolled_back').success).toBe(false);
  });
});
