import { SEEDS } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createTenantRouter } from '../src/router/tenant-router.js';
import { createTenantService } from '../src/tenant/create-tenant-service.js';
import { activeTenant, type ControlPlane, KERNEL, openControlPlane, TTL_MS } from './control-plane.js';
import { ManualClock } from './manual-clock.js';

/*
 * Random changes of tenants and requests for them, in two processes with one virtual clock. A change takes effect at once in
 * the process that made it, and in the other one within the TTL: so the answer must be one of those that were right since
 * then. The model keeps, for each tenant and each slug, when it changed and by which process.
 */

interface Change {
  readonly at: number;
  readonly by: number;
  readonly value: string;
}

/** What was right over time. */
class History {
  readonly #changes: Change[];

  constructor(value: string) {
    this.#changes = [{ at: Number.NEGATIVE_INFINITY, by: -1, value }];
  }

  get current(): string {
    return this.#changes.at(-1)?.value ?? '';
  }

  set(change: Change): void {
    this.#changes.push(change);
  }

  /** The answers that a process may give. */
  permitted(process: number, now: number): ReadonlySet<string> {
    const index = this.#changes.findLastIndex(({ at, by }) => by === process || at <= now - TTL_MS);
    return new Set(this.#changes.slice(Math.max(index, 0)).map(({ value }) => value));
  }
}

const SLUGS = ['alpha', 'beta', 'gamma', 'delta'];
const NOT_FOUND = 'tenant_not_found';
const OUTCOMES = { active: 'done', suspended: 'tenant_suspended', destroying: NOT_FOUND } as const;

function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => String(error.code),
  );

const session = (organization: string) => ({
  id: 'session',
  userId: 'ada',
  activeOrganizationId: organization,
  expiresAt: '2999-01-01T00:00:00.000Z',
});

/** A process that selects tenants also by the first label of the host name. */
function processOn(plane: ControlPlane) {
  const { registry, dataPlane, clock, provisioning } = plane;
  const tenantResolver = { strategies: ['subdomain' as const], baseDomain: 'example.com' };
  const router = createTenantRouter({
    registry,
    dataPlane,
    kernel: KERNEL,
    clock,
    ttlMs: TTL_MS,
    tenantResolver,
  });
  const tenants = createTenantService({ ...plane, router, slugReservationMs: 0 });
  const changed = async (tenantId: string, work: Promise<unknown>) => {
    await work;
    router.invalidateCache(tenantId);
  };
  return { router, tenants, provisioning, changed };
}

async function runModel(seed: number, steps: number): Promise<void> {
  const random = randomOf(seed);
  const clock = new ManualClock();
  const plane = await openControlPlane({ clock });
  const processes = [processOn(plane), processOn(await openControlPlane({ dir: plane.dir, clock }))];
  const states = new Map<string, History>();
  for (const orgId of ['acme', 'acme', 'globex'])
    states.set(await activeTenant(plane, orgId), new History('active'));
  const ids = [...states.keys()];
  const slugs = new Map(SLUGS.map((slug) => [slug, new History('')]));
  const now = () => clock.now().getTime();
  for (let step = 0; step < steps; step++) {
    const by = random(2);
    const [process, tenantId = ''] = [processes[by], ids[random(ids.length)]];
    const state = states.get(tenantId);
    if (!process || !state) return;
    const { router, tenants, provisioning, changed } = process;
    const isOwn = tenantId !== ids[2];
    const expected = (id: string) =>
      [...(states.get(id)?.permitted(by, now()) ?? [])].map((one) => OUTCOMES[one as 'active']);
    const what = `seed ${seed}, step ${step}`;
    const become = async (value: keyof typeof OUTCOMES, work: Promise<unknown>) => {
      await changed(tenantId, work);
      state.set({ at: now(), by, value });
    };
    switch (random(8)) {
      case 0:
        if (state.current === 'active') await become('suspended', provisioning.suspendTenant(tenantId));
        else if (state.current === 'suspended') await become('active', provisioning.resumeTenant(tenantId));
        break;
      case 1:
        if (state.current === 'destroying') await become('active', provisioning.recoverTenant(tenantId));
        else if (state.current === 'active' && random(3) === 0)
          await become('destroying', provisioning.destroyTenant(tenantId));
        break;
      case 2: {
        const slug = SLUGS[random(SLUGS.length)] ?? '';
        if (state.current === 'destroying' || slugs.get(slug)?.current) break;
        await changed(tenantId, tenants.setSlug(tenantId, slug));
        for (const [name, history] of slugs) {
          if (name === slug) history.set({ at: now(), by, value: tenantId });
          else if (history.current === tenantId) history.set({ at: now(), by, value: '' });
        }
        break;
      }
      case 3:
        clock.advance(random(2 * TTL_MS));
        break;
      case 4: {
        const outcome = await codeOf(router.resolveTenant(session('acme'), { tenantId }));
        expect(isOwn ? expected(tenantId) : [NOT_FOUND], what).toContain(outcome);
        break;
      }
      case 5: {
        const slug = SLUGS[random(SLUGS.length)] ?? '';
        const request = { url: '/', headers: { host: `${slug}.example.com` } };
        const resolved = router.resolveTenant(session('acme'), { request });
        const outcome = await codeOf(resolved);
        const owners = [...(slugs.get(slug)?.permitted(by, now()) ?? [])];
        const permitted = owners.flatMap((id) => (id === '' || id === ids[2] ? [NOT_FOUND] : expected(id)));
        expect(permitted, what).toContain(outcome);
        if (outcome === 'done') expect(owners, what).toContain((await resolved).tenantId);
        break;
      }
      default: {
        const read = async () =>
          (await router.getTenantClient(tenantId)).findOne('_os_tenant', {}, { system: true });
        const reading = read();
        expect(expected(tenantId), what).toContain(await codeOf(reading));
        const found = await reading.catch(() => null);
        if (found) expect(found.id, what).toBe(tenantId);
      }
    }
  }
}

describe('the routers of two processes', () => {
  it.each(SEEDS(40))('agree with the model, seeds from %i, %i of them', async (first, count) => {
    for (let seed = first; seed < first + count; seed++) await runModel(seed, 80);
  });
});
