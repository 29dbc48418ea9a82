import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';

export interface SlotRequest {
  readonly signal?: AbortSignal | undefined;
  /** Maximum time in milliseconds that callers wait while no slot is granted. Granting any slot restarts it. */
  readonly timeoutMs: number;
}

interface Waiter {
  readonly grant: () => void;
}

export function tooManyOpenFiles(limit: number): ObjectStackError {
  return new ObjectStackError({
    code: 'database_busy',
    message:
      `This process cannot open another database file (limit: ${limit} open files), and none was closed in ` +
      'time. End open transactions and retry, or raise the limit of open files (ulimit -n).',
    details: { openFileLimit: limit },
  });
}

/**
 * Limits how many files are open at once. A slot is held while its file is open. If all slots are taken, an idle file is
 * closed for the next caller; if no file is idle, callers wait in the order of their requests.
 */
export class OpenFileSlots {
  readonly limit: number;
  readonly #closeIdleFile: () => boolean;
  readonly #waiters: Waiter[] = [];
  #taken = 0;
  #grantedAt = 0;

  /** `closeIdleFile` closes an idle file, which releases its slot, or returns false if no file is idle. */
  constructor(limit: number, closeIdleFile: () => boolean) {
    this.limit = limit;
    this.#closeIdleFile = closeIdleFile;
  }

  /** Resolves with the function that releases the slot; calling it again has no effect. */
  async acquire(request: SlotRequest): Promise<() => void> {
    throwIfAborted(request.signal);
    if (this.#waiters.length > 0 || !this.#hasRoom()) await this.#wait(request);
    else this.#taken++;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#taken--;
      this.#serve();
    };
  }

  /** Must be called when a file has become idle. */
  offer(): void {
    if (this.#waiters.length > 0) this.#serve();
  }

  #hasRoom(): boolean {
    return this.#taken < this.limit || (this.#closeIdleFile() && this.#taken < this.limit);
  }

  #serve(): void {
    while (this.#waiters.length > 0 && this.#hasRoom()) {
      const waiter = this.#waiters.shift();
      if (!waiter) return;
      this.#taken++;
      this.#grantedAt = performance.now();
      waiter.grant();
    }
  }

  async #wait({ signal, timeoutMs }: SlotRequest): Promise<void> {
    let settle: (granted: boolean) => void = () => {};
    const outcome = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    const waiter: Waiter = { grant: () => settle(true) };
    const leave = () => {
      const place = this.#waiters.indexOf(waiter);
      if (place < 0) return;
      this.#waiters.splice(place, 1);
      settle(false);
    };
    const since = performance.now();
    const leaveUnlessProgress = () => {
      const stalledMs = performance.now() - Math.max(since, this.#grantedAt);
      if (stalledMs >= timeoutMs) leave();
      else timer = setTimeout(leaveUnlessProgress, timeoutMs - stalledMs);
    };
    let timer = setTimeout(leaveUnlessProgress, timeoutMs);
    this.#waiters.push(waiter);
    signal?.addEventListener('abort', leave);
    const granted = await outcome;
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
    if (granted) return;
    throwIfAborted(signal);
    throw tooManyOpenFiles(this.limit);
  }
}
