import { tursoLocal } from '@objectstack/driver-turso';
import { ObjectStackError } from '@objectstack/spec/shared';
import { SEEDS, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRuntime } from '../src/create-runtime.js';
import type { Runtime } from '../src/runtime.js';
import { ManualClock } from './manual-clock.js';

/*
 * Random reservations, members and limits of several tenants in two processes with one virtual clock, compared with a model
 * of plain maps after every step.
 */

interface Held {
  readonly id: string;
  readonly amount: number;
  readonly expiresAt: number;
}

class ModelTenant {
  limit: number;
  readonly members = new Set<string>();
  held: Held[] = [];

  constructor(
    readonly id: string,
    limit: number,
  ) {
    this.limit = limit;
  }

  usage(now: number): number {
    this.held = this.held.filter(({ expiresAt }) => expiresAt > now);
    return this.members.size + this.held.reduce((sum, { amount }) => sum + amount, 0);
  }
}

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
    (error) => (ObjectStackError.isInstance(error) ? error.code : String(error)),
  );

async function openTwo(clock: ManualClock): Promise<Runtime[]> {
  const dir = await temporaryFolder();
  const open = () => createRuntime({ dataPlane: tursoLocal({ dir }), clock });
  const runtimes = [await open(), await open()];
  onTestFinished(async () => void (await Promise.all(runtimes.map((one) => one.close()))));
  return runtimes;
}

async function runModel(seed: number, steps: number): Promise<void> {
  const random = randomOf(seed);
  const clock = new ManualClock();
  const processes = await openTwo(clock);
  const [first] = processes;
  if (!first) return;
  const tenants: ModelTenant[] = [];
  for (const limit of [3, 6]) {
    const { tenantId } = await first.provisioning.provisionTenant({ orgId: `org-${limit}` });
    await first.tenants.setQuotas(tenantId, { maxUsers: limit });
    tenants.push(new ModelTenant(tenantId, limit));
  }
  for (let step = 0; step < steps; step++) {
    const os = processes[random(2)] ?? first;
    const tenant = tenants[random(tenants.length)] ?? new ModelTenant('', 0);
    const now = clock.now().getTime();
    const usage = tenant.usage(now);
    const user = `user-${random(8)}`;
    const one = tenant.held[random(tenant.held.length || 1)];
    const what = `seed ${seed}, step ${step}`;
    switch (random(7)) {
      case 0: {
        const [amount, ttlMs] = [1 + random(3), 1 + random(5_000)];
        const reserved = os.quotas.reserve(tenant.id, 'maxUsers', amount, { ttlMs });
        const fits = usage + amount <= tenant.limit;
        expect(await codeOf(reserved), what).toBe(fits ? 'done' : 'quota_exceeded');
        if (fits) tenant.held.push({ id: (await reserved).id, amount, expiresAt: now + ttlMs });
        break;
      }
      case 1: {
        const fits = tenant.members.has(user) || usage < tenant.limit;
        expect(await codeOf(os.tenants.addMember(tenant.id, user)), what).toBe(
          fits ? 'done' : 'quota_exceeded',
        );
        if (fits) tenant.members.add(user);
        break;
      }
      case 2: {
        const { removed } = await os.tenants.removeMember(tenant.id, user);
        expect(removed, what).toBe(tenant.members.delete(user));
        break;
      }
      case 3:
        if (one) await os.quotas.release(one.id);
        tenant.held = tenant.held.filter((held) => held !== one);
        break;
      case 4: {
        if (one?.amount !== 1 || tenant.members.has(user)) break;
        await os.tenants.addMember(tenant.id, user, { reservationId: one.id });
        tenant.members.add(user);
        tenant.held = tenant.held.filter((held) => held !== one);
        expect(await codeOf(os.quotas.commit(one.id)), what).toBe('done');
        break;
      }
      case 5: {
        const limit = random(8);
        const isRefused = limit < tenant.limit && usage > limit;
        const changed = os.tenants.setQuotas(tenant.id, { maxUsers: limit });
        expect(await codeOf(changed), what).toBe(isRefused ? 'quota_exceeded' : 'done');
        if (!isRefused) tenant.limit = limit;
        break;
      }
      default:
        clock.advance(random(3_000));
    }
    const later = clock.now().getTime();
    for (const known of tenants) {
      const answer = await os.quotas.checkQuota(known.id, 'maxUsers', 0);
      expect([answer.usage, answer.limit], what).toEqual([known.usage(later), known.limit]);
    }
  }
}

describe('quotas of several tenants in two processes', () => {
  it.each(SEEDS(40))('agree with the model, seeds from %i, %i of them', async (first, count) => {
    for (let seed = first; seed < first + count; seed++) await runModel(seed, 60);
  });
});
