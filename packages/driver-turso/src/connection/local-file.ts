import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import { type ObjectStackError, yieldToEventLoop } from '@objectstack/spec/shared';
import { applyLimits, blockedError } from './apply-limits.js';
import type { AtomicRequest, BegunTransaction, RequestOptions } from './connection.js';
import { FileLimitsReader, NO_LIMITS } from './file-limits.js';
import {
  assertOwnLog,
  type Durability,
  identityOf,
  type LocalClient,
  missingFile,
  openLocalClient,
  proveTenant,
} from './local-client.js';
import { LocalTransaction } from './local-transaction.js';
import { isBusy, mapError } from './map-error.js';
import type { NativeClient } from './native-client.js';
import { readFirst } from './read-first.js';
import { retryWhileBusy } from './retry-while-busy.js';
import { runBatch } from './run-batch.js';
import { toBoundStatement } from './to-bound.js';
import { WriteLock } from './write-lock.js';

const DEFAULT_BUSY_TIMEOUT_MS = 10_000;
const PAUSES = { firstPauseMs: 2, longestPauseMs: 100 };

/** Settings that one user of the file requires. */
export interface LocalFileSettings {
  /** Creates the file if it is missing. Absent: a missing file is an error. */
  readonly create?: boolean;
  /** Absent: full. */
  readonly durability?: Durability;
  readonly busyTimeoutMs?: number;
  /** Tenant whose marker the file must hold. Checked whenever it is opened. Absent: not checked. */
  readonly expectedTenantId?: string | undefined;
  /** Rejects a symbolic link in place of the file. Absent: links are followed. */
  readonly refuseLinks?: boolean;
  /** Applies the limits that a local platform has set for the file. Absent: they are ignored. */
  readonly limited?: boolean;
  /** Opens the file without waiting for a slot and keeps it open, for files that other work depends on. Absent: false. */
  readonly pinned?: boolean;
}

/** Limits how many files are open at once. */
export interface LocalFileHost {
  open(
    request: { signal: AbortSignal | undefined; timeoutMs: number; pinned: boolean },
    open: () => Promise<LocalClient>,
  ): Promise<{ opened: LocalClient; release: () => void }>;
  /** Called when a file is used, before it is opened. */
  used(file: LocalFile): void;
  /** Called when a file may have become idle. */
  idle(): void;
}

/**
 * The only connection of this process to a file. Work is serialized, because the client fails concurrent transactions. A
 * client that received SQLITE_BUSY is discarded, because it loses later writes.
 */
export class LocalFile {
  readonly #path: string;
  readonly #host: LocalFileHost;
  readonly #lock = new WriteLock();
  readonly #limits: FileLimitsReader;
  #open: LocalClient | null = null;
  #durability: Durability = 'normal';
  #pinned = false;
  #releaseSlot: () => void = () => {};

  constructor(path: string, host: LocalFileHost) {
    this.#path = path;
    this.#host = host;
    this.#limits = new FileLimitsReader(path);
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  get isIdle(): boolean {
    return !this.#lock.busy;
  }

  get isPinned(): boolean {
    return this.#pinned;
  }

  /** The strictest setting of all users applies, from the next use on. */
  wish(durability: Durability): void {
    if (durability === 'full') this.#durability = 'full';
  }

  async execute(
    statement: SqlStatement,
    settings: LocalFileSettings,
    { signal }: RequestOptions = {},
  ): Promise<SqlResult> {
    const bound = toBoundStatement(statement);
    return this.#exclusively({ ...settings, signal }, (client) => client.executeInTurns(bound));
  }

  async atomic(
    statements: readonly SqlStatement[],
    request: AtomicRequest,
    settings: LocalFileSettings,
  ): Promise<SqlResult[]> {
    const broken = () => this.#discard();
    return this.#exclusively({ ...settings, signal: request.signal }, (client) =>
      runBatch(client, { statements, request, broken }),
    );
  }

  async begin(settings: LocalFileSettings, { signal }: RequestOptions = {}): Promise<SqlTransaction> {
    await yieldToEventLoop();
    const release = await this.#lock.acquire(signal);
    try {
      const client = await this.#retryingBusy({ ...settings, signal }, (opened) => {
        opened.begin('write');
        return opened;
      });
      return new LocalTransaction(client, {
        assertInPlace: () => this.#assertInPlace(),
        ended: (state) => {
          if (state === 'broken') this.#discard();
          release();
          this.#host.idle();
        },
      });
    } catch (error) {
      release();
      this.#host.idle();
      throw this.#mapped(error);
    }
  }

  async beginReading(
    read: SqlStatement,
    settings: LocalFileSettings,
    options: RequestOptions = {},
  ): Promise<BegunTransaction> {
    return readFirst(await this.begin(settings, options), read);
  }

  /** Waits for running work, checkpoints the log and closes the file. The next use opens it again. */
  async close(): Promise<void> {
    await this.#lock.run(async () => {
      try {
        this.#open?.client.execute('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // The next process that opens the file continues with the log.
      }
      this.#discard();
    });
  }

  /** Closes immediately; only for an idle file. */
  closeIdle(): void {
    this.#discard();
  }

  async #exclusively<T>(
    settings: LocalFileSettings & RequestOptions,
    work: (client: NativeClient) => T | Promise<T>,
  ): Promise<T> {
    await yieldToEventLoop();
    const release = await this.#lock.acquire(settings.signal);
    try {
      return await this.#retryingBusy(settings, work);
    } catch (error) {
      throw this.#mapped(error);
    } finally {
      release();
      this.#host.idle();
    }
  }

  async #retryingBusy<T>(
    settings: LocalFileSettings & RequestOptions,
    work: (client: NativeClient) => T | Promise<T>,
  ): Promise<T> {
    const timeoutMs = settings.busyTimeoutMs ?? DEFAULT_BUSY_TIMEOUT_MS;
    const patience = { ...PAUSES, signal: settings.signal, until: performance.now() + timeoutMs };
    const isRetryable = (error: unknown) => {
      if (isBusy(error)) this.#discard();
      return isBusy(error);
    };
    return retryWhileBusy(patience, isRetryable, async () => {
      const opensAt = performance.now();
      const open = await this.#opened(settings, timeoutMs);
      patience.until += performance.now() - opensAt;
      applyLimits(open.client, open.limits, settings.limited ? this.#limits.read() : NO_LIMITS);
      return work(open.client);
    });
  }

  /** The open client. A file that was moved or deleted in the meantime is never written to. */
  async #opened(settings: LocalFileSettings & RequestOptions, timeoutMs: number): Promise<LocalClient> {
    this.#host.used(this);
    const open = this.#open;
    const identity = open && identityOf(this.#path);
    if (open && open.durability === this.#durability && open.identity === identity) {
      if (open.provenTenantId !== settings.expectedTenantId)
        await proveTenant(open, settings.expectedTenantId);
      return open;
    }
    if (open && identity !== null && open.identity !== identity) assertOwnLog(open, this.#path);
    this.#discard();
    return this.#openInSlot(settings, timeoutMs);
  }

  async #openInSlot(
    { create = false, refuseLinks = false, pinned = false, ...settings }: LocalFileSettings & RequestOptions,
    timeoutMs: number,
  ): Promise<LocalClient> {
    const { expectedTenantId, signal } = settings;
    if (pinned) this.#pinned = true;
    const durability = this.#durability;
    const { opened, release } = await this.#host.open({ signal, timeoutMs, pinned: this.#pinned }, () =>
      openLocalClient(this.#path, { create, durability, refuseLinks, expectedTenantId }),
    );
    this.#open = opened;
    this.#releaseSlot = release;
    return opened;
  }

  /** A write that is blocked fails like one to a read-only file. */
  #mapped(error: unknown): ObjectStackError {
    const mapped = mapError(error);
    const isWriteBlocked = this.#open?.limits.isReadOnly === true && mapped.details.reason === 'read_only';
    return isWriteBlocked ? blockedError('Writes') : mapped;
  }

  #assertInPlace(): void {
    if (this.#open?.identity !== identityOf(this.#path)) throw missingFile();
  }

  #discard(): void {
    this.#open?.client.close();
    this.#open = null;
    this.#releaseSlot();
  }
}
