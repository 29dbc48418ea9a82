import type { ITenantRegistry } from '@objectstack/spec/contracts';

/*
 * A registry that groups writes commits those together that arrive together. Deployments of a rollout end one by one; nothing waits
 * for their last record but the end of the batch. It is therefore held back until several have ended, others start, or none is
 * left that could end.
 */

/** Maximum time for which the last record of a deployment is held back. */
const LONGEST_MS = 100;

/** Holds calls back and lets them go on together. */
class HeldCalls {
  readonly #most: number;
  readonly #active = new Set<string>();
  #held: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  /** A deployment starts or goes on. */
  began(id: string): void {
    this.#active.add(id);
    this.#release();
  }

  /** The deployment was not started after all. */
  refused(id: string): void {
    this.#active.delete(id);
  }

  /** Resolves when the last record of the deployment is to be written. */
  ended(id: string): Promise<void> {
    return new Promise((resolve) => {
      this.#active.delete(id);
      this.#held.push(resolve);
      if (this.#held.length >= this.#most || this.#active.size === 0) this.#release();
      else this.#timer ??= setTimeout(() => this.#release(), LONGEST_MS);
    });
  }

  #release(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const released = this.#held;
    this.#held = [];
    for (const resolve of released) resolve();
  }
}

/** The registry, to which the last records of deployments are written together with those of others, up to a number. */
export function groupFinalRecords(registry: ITenantRegistry, most: number): ITenantRegistry {
  const held = new HeldCalls(most);
  const saveDeployment: ITenantRegistry['saveDeployment'] = async (record, ...rest) => {
    const { id, status } = record;
    const isLast = status === 'ready' || status === 'failed';
    if (isLast) await held.ended(id);
    else held.began(id);
    try {
      const saved = await registry.saveDeployment(record, ...rest);
      if (!saved.changed) held.refused(id);
      return saved;
    } catch (error) {
      held.refused(id);
      throw error;
    }
  };
  // Not a proxy of the registry itself, which may be frozen.
  return new Proxy({} as ITenantRegistry, {
    get(_, key) {
      if (key === 'saveDeployment') return saveDeployment;
      const member: unknown = Reflect.get(registry, key, registry);
      return typeof member === 'function' ? member.bind(registry) : member;
    },
  });
}
