import type {
  ILogger,
  IRuntimeEvents,
  ITelemetry,
  ObservedCall,
  RuntimeEvents,
} from '@objectstack/spec/contracts';
import type { RuntimeEventName } from '@objectstack/spec/system';
import { EventListeners } from './event-listeners.js';
import { log, logFailure } from './log-call.js';

export interface ObserverOptions {
  /** Absent: no log lines. */
  readonly logger?: ILogger | undefined;
  /** Absent: no traces and no metrics. */
  readonly telemetry?: ITelemetry | undefined;
}

const WARNINGS: ReadonlySet<string> = new Set(['tenant.failed', 'deployment.failed', 'quota.exceeded']);

const isWarning = (event: RuntimeEventName, payload: object) =>
  WARNINGS.has(event) || ('reachable' in payload && payload.reachable === false);

/** The single place where events, log lines, traces and metrics come from. */
export class Observer implements IRuntimeEvents {
  readonly #listeners = new EventListeners();
  readonly #logger: ILogger | undefined;
  readonly #telemetry: ITelemetry | undefined;

  constructor({ logger, telemetry }: ObserverOptions = {}) {
    this.#logger = logger;
    this.#telemetry = telemetry;
  }

  /** Whether calls are logged or traced; otherwise `observe` has no effect. */
  get isActive(): boolean {
    return this.#logger !== undefined || this.#telemetry !== undefined;
  }

  on<Name extends RuntimeEventName>(
    event: Name,
    listener: (payload: RuntimeEvents[Name]) => unknown,
  ): () => void {
    return this.#listeners.on(event, listener);
  }

  emit<Name extends RuntimeEventName>(event: Name, payload: RuntimeEvents[Name]): void {
    const level = isWarning(event, payload) ? 'warn' : 'info';
    if (this.#logger) log(this.#logger, level, { event, ...payload, message: event });
    try {
      this.#telemetry?.count(event);
    } catch {}
    this.#listeners.emit(event, payload);
  }

  /** Runs a call, and logs, traces and measures it. Returns its result, or rejects with its error. */
  observe<T>(call: ObservedCall, work: () => Promise<T>): Promise<T> {
    const logger = this.#logger;
    const logged = logger ? () => this.#logged(logger, call, work) : work;
    return this.#telemetry ? this.#telemetry.observe(call, logged) : logged();
  }

  async #logged<T>(logger: ILogger, call: ObservedCall, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const durationMs = () => Math.round((performance.now() - startedAt) * 1_000) / 1_000;
    try {
      const result = await work();
      const message = `${call.part}.${call.method}`;
      log(logger, 'debug', { ...call, durationMs: durationMs(), message });
      return result;
    } catch (error) {
      logFailure(logger, { ...call, durationMs: durationMs() }, error);
      throw error;
    }
  }
}
