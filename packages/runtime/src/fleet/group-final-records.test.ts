import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { DeploymentRecord } from '@objectstack/spec/system';
import { describe, expect, it, vi } from 'vitest';
import { groupFinalRecords } from './group-final-records.js';

function fakeRegistry({ changed = true } = {}) {
  const written: string[] = [];
  const registry = {
    saveDeployment: vi.fn(async ({ id, status }: DeploymentRecord) => {
      written.push(`${id} ${status}`);
      return { changed };
    }),
  } as unknown as ITenantRegistry;
  return { registry, written };
}

const deployment = (id: string, status: 'migrating' | 'ready' | 'failed') =>
  ({ id, status }) as DeploymentRecord;
const GUARD = { lease: 'l' };
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('groupFinalRecords', () => {
  it('writes the last records of deployments when as many have ended as are written together', async () => {
    const { registry, written } = fakeRegistry();
    const gathering = groupFinalRecords(registry, 2);
    for (const id of ['a', 'b', 'c']) await gathering.saveDeployment(deployment(id, 'migrating'), GUARD);
    written.length = 0;
    const first = gathering.saveDeployment(deployment('a', 'ready'), GUARD);
    await turn();
    expect(written).toEqual([]);
    const second = gathering.saveDeployment(deployment('b', 'failed'), GUARD);
    await Promise.all([first, second]);
    expect(written).toEqual(['a ready', 'b failed']);
  });

  it('writes them together with the start of another deployment', async () => {
    const { registry, written } = fakeRegistry();
    const gathering = groupFinalRecords(registry, 8);
    for (const id of ['a', 'b']) await gathering.saveDeployment(deployment(id, 'migrating'), GUARD);
    written.length = 0;
    const ended = gathering.saveDeployment(deployment('a', 'ready'), GUARD);
    const started = gathering.saveDeployment(deployment('c', 'migrating'), GUARD);
    await Promise.all([ended, started]);
    expect([...written].sort()).toEqual(['a ready', 'c migrating']);
  });

  it.each([
    ['has ended', true],
    ['was not started', false],
  ])(
    'does not hold back the record of the only deployment left, after another one %s',
    async (_, changed) => {
      const { registry, written } = fakeRegistry({ changed });
      const gathering = groupFinalRecords(registry, 8);
      await gathering.saveDeployment(deployment('other', 'migrating'), GUARD);
      if (changed) await gathering.saveDeployment(deployment('other', 'failed'), GUARD);
      void gathering.saveDeployment(deployment('a', 'ready'), GUARD);
      await turn();
      expect(written).toContain('a ready');
    },
  );

  it('holds a record back for a limited time only', async () => {
    const { registry, written } = fakeRegistry();
    const gathering = groupFinalRecords(registry, 8);
    for (const id of ['slow', 'a']) await gathering.saveDeployment(deployment(id, 'migrating'), GUARD);
    await gathering.saveDeployment(deployment('a', 'ready'), GUARD);
    expect(written).toContain('a ready');
  });
});
