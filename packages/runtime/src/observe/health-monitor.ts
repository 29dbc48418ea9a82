import { ObjectStackError } from '@objectstack/spec/shared';
import {
  type PartHealth,
  type RuntimeHealth,
  type RuntimePart,
  RuntimePartEnum,
} from '@objectstack/spec/system';
import type { Clock } from '../shared/clock.js';
import { codeOf } from './log-call.js';

/** Requests a part without changing anything. Rejects unless the part answers as expected. */
export type Probes = Readonly<Record<RuntimePart, () => Promise<unknown>>>;

export interface HealthMonitorOptions {
  readonly clock: Clock;
  readonly probes: Probes;
  /** Maximum duration of the request to a part, in milliseconds. */
  readonly timeoutMs: number;
  /** Called when a part became unreachable, or reachable again. */
  readonly onChange: (health: PartHealth) => void;
}

/** Codes of a call that show that the part itself cannot be used; any other error is about the call. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'bundle_store_refused',
  'bundle_store_unavailable',
  'configuration_incomplete',
  'configuration_invalid',
  'database_unreachable',
  'platform_refused',
  'platform_unavailable',
  'request_timeout',
  'unauthorized',
]);

const timedOut = (part: RuntimePart, timeoutMs: number) =>
  new ObjectStackError({
    code: 'request_timeout',
    message: `The part ${part} did not answer within ${timeoutMs} ms. Check its server and the network.`,
  });

async function within(work: Promise<unknown>, timeoutMs: number, error: ObjectStackError): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => reject(error), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Knows since when each part is reachable: from the calls that are made anyway, and from requests of its own. */
export class HealthMonitor {
  readonly #options: HealthMonitorOptions;
  readonly #parts = new Map<RuntimePart, PartHealth>();

  constructor(options: HealthMonitorOptions) {
    this.#options = options;
  }

  /** Notes the result of a call of a part. */
  note(part: RuntimePart, error?: unknown): void {
    const isAboutPart = ObjectStackError.isInstance(error) && UNREACHABLE.has(error.code);
    if (error === undefined || isAboutPart) this.#set(part, error);
  }

  /** Requests every part, at the same time. Never rejects. */
  async check(): Promise<RuntimeHealth> {
    await Promise.all(RuntimePartEnum.options.map((part) => this.#probe(part)));
    const parts = RuntimePartEnum.options.flatMap((part) => this.#parts.get(part) ?? []);
    const status = parts.every(({ reachable }) => reachable) ? 'ok' : 'degraded';
    const copies = parts.map((health) => ({ ...health }));
    return { status, checkedAt: this.#now(), parts: copies };
  }

  async #probe(part: RuntimePart): Promise<void> {
    const { probes, timeoutMs } = this.#options;
    try {
      await within(probes[part](), timeoutMs, timedOut(part, timeoutMs));
      this.#set(part, undefined);
    } catch (error) {
      this.#set(part, error);
    }
  }

  #now(): string {
    return this.#options.clock.now().toISOString();
  }

  #set(part: RuntimePart, error: unknown): void {
    const known = this.#parts.get(part);
    const reachable = error === undefined;
    const since = known?.reachable === reachable ? known.since : this.#now();
    const health = { part, reachable, since, ...(!reachable && { errorCode: codeOf(error) }) };
    this.#parts.set(part, health);
    if ((known?.reachable ?? true) !== reachable) this.#options.onChange({ ...health });
  }
}
