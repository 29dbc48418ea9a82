import { describe, expect, it } from 'vitest';
import { FIXTURES } from '../../../test/fixtures/index.js';
import { formatRollout } from './format-rollout.js';
import { RolloutSchema } from './rollout.zod.js';
import { RolloutTenantSchema } from './rollout-tenant.zod.js';

const rollout = RolloutSchema.parse(FIXTURES.RolloutSchema?.valid[4]);
const tenants = (FIXTURES.RolloutTenantSchema?.valid ?? []).map((one) => RolloutTenantSchema.parse(one));

describe('formatRollout', () => {
  it('lists states, failures, waves, plans and the given tenants', () => {
    const text = formatRollout(rollout, tenants);
    expect(text).toContain('| Status | completed |');
    expect(text).toContain('| unique_violation | 1 |');
    expect(text).toContain('| 0 | 2 | 0 |');
    expect(text).toContain('| t2 | refused | unique_violation | add_index:account.email | 2 | a1, a2 |');
  });

  it('leaves out empty sections and escapes cells', () => {
    const [first] = tenants;
    const text = formatRollout({ ...rollout, progress: { states: {}, failures: {}, waves: [] } }, [
      { ...first, tenantId: 'a|b' } as (typeof tenants)[number],
    ]);
    expect(text).not.toContain('## Failures');
    expect(text).toContain('a\\|b');
  });

  it('shows that a rollout was not started', () => {
    const { startedAt: _, endedAt: __, ...planned } = rollout;
    const text = formatRollout(planned);
    expect(text).toContain('| Started | - |');
    expect(text).toContain('| Ended | - |');
  });
});
