import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { describe, expect, it } from 'vitest';
import { readingTenantsOnce } from './reading-tenants-once.js';

/** A registry with private state, which only its own methods can reach. */
class Registry {
  readonly #reads: string[] = [];
  isDown = false;

  async getTenant(tenantId: string) {
    this.#reads.push(tenantId);
    if (this.isDown) throw new Error('Down.');
    return { tenant: { id: tenantId } };
  }

  async listMembers() {
    return this.#reads;
  }
}

describe('readingTenantsOnce', () => {
  it('reads each tenant once, unless reading fails', async () => {
    const given = new Registry();
    const registry = readingTenantsOnce(given as unknown as ITenantRegistry);
    given.isDown = true;
    await expect(registry.getTenant('a')).rejects.toThrow('Down.');
    given.isDown = false;
    const reads = await Promise.all(['a', 'a', 'b'].map((tenantId) => registry.getTenant(tenantId)));
    expect(reads.map((record) => record?.tenant.id)).toEqual(['a', 'a', 'b']);
    expect(await (registry as unknown as Registry).listMembers()).toEqual(['a', 'a', 'b']);
  });
});
