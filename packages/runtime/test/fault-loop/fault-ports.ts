import { ObjectStackError } from '@objectstack/spec/shared';
import { withResolvers } from '@objectstack/testing';
import type { Clock } from '../../src/shared/clock.js';

export const PORTS = ['registry', 'platform', 'database', 'bundles', 'clock'] as const;
export type Port = (typeof PORTS)[number];

/**
 * `before`: the call fails without an effect; `after`: it has its effect, and the answer is lost; `hang`: the answer does not
 * come until another process has taken over, and then the call has its effect late; `exit`: the process ends after the
 * effect. A clock is set back or forward by five minutes, stands still for longer than a lease, or is the last thing that the
 * process reads.
 */
export const WAYS = ['before', 'after', 'hang', 'exit'] as const;
export type Way = (typeof WAYS)[number];

/** The n-th call of a port, from 1. */
export interface Fault {
  readonly port: Port;
  readonly nth: number;
  readonly way: Way;
}

const SHIFT_MS = 5 * 60_000;
const SHIFTS: Readonly<Record<Way, number>> = { before: -SHIFT_MS, after: SHIFT_MS, hang: 31_000, exit: 0 };

const lost = (port: Port) =>
  new ObjectStackError({
    code: port === 'platform' ? 'platform_unavailable' : 'database_unreachable',
    message: 'No answer.',
  });

const SYNCHRONOUS: ReadonlySet<unknown> = new Set(['diff', 'generateMigrations', 'createDriver']);

type Method = (...args: unknown[]) => unknown;

/** Counts the calls of the ports of one process, and fails one of them. */
export class FaultPorts {
  readonly counts: Record<Port, number> = { registry: 0, platform: 0, database: 0, bundles: 0, clock: 0 };
  readonly #fault: Fault | undefined;
  readonly #hanging = withResolvers<void>();
  readonly #reached = withResolvers<void>();
  #isOver = false;
  #isArmed = false;
  isReached = false;

  constructor(fault?: Fault) {
    this.#fault = fault;
  }

  /** From now on, calls are counted. */
  arm(): void {
    this.#isArmed = true;
  }

  /** Resolves when a call hangs. */
  get hangs(): Promise<void> {
    return this.#reached.promise;
  }

  /** Lets the hanging call have its effect. */
  release(): void {
    this.#hanging.resolve();
  }

  wrap<T extends object>(port: Port, target: T): T {
    return new Proxy(target, {
      get: (_target, key) => {
        const member = Reflect.get(target, key, target) as unknown;
        if (typeof member !== 'function' || SYNCHRONOUS.has(key)) return member;
        return (...args: unknown[]) => this.#call(port, () => (member as Method).apply(target, args));
      },
    });
  }

  clock(clock: Clock): Clock {
    let shiftMs = 0;
    return {
      now: () => {
        if (this.#passes('clock')) {
          const way = this.#fault?.way ?? 'exit';
          shiftMs = SHIFTS[way];
          this.#isOver = way === 'exit';
        }
        return new Date(clock.now().getTime() + shiftMs);
      },
    };
  }

  #passes(port: Port): boolean {
    if (!this.#isArmed) return false;
    this.counts[port]++;
    const isIt = port === this.#fault?.port && this.counts[port] === this.#fault.nth;
    this.isReached ||= isIt;
    return isIt;
  }

  async #call(port: Port, effect: () => unknown): Promise<unknown> {
    const isIt = this.#passes(port);
    if (this.#isOver) throw lost(port);
    const way = isIt ? this.#fault?.way : undefined;
    if (way === 'before') throw lost(port);
    if (way === 'hang') {
      this.#reached.resolve();
      await this.#hanging.promise;
    }
    const result = await effect();
    if (way === 'exit') this.#isOver = true;
    if (way === 'after' || this.#isOver) throw lost(port);
    return result;
  }
}
