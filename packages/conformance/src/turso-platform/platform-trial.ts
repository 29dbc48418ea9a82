import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  CreateDatabaseRequest,
  ITursoPlatformService,
  TursoDatabaseInfo,
} from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/** A database as a tenant uses it: a list of texts. Calls reject with the errors of a data driver. */
export interface PlatformTestDatabase {
  /** Adds a text. */
  write(text: string): Promise<void>;
  /** Returns all texts, oldest first; an empty list for a new database. */
  read(): Promise<string[]>;
}

/** A platform and access to its databases. */
export interface PlatformSubject {
  /** Platform to test. */
  readonly platform: ITursoPlatformService;
  /** Group in which databases are created, if the platform has groups. */
  readonly group?: string;
  /** Opens a database with a token, or without one. Must not create it. */
  open(info: TursoDatabaseInfo, token: string | undefined): Promise<PlatformTestDatabase>;
  /**
   * Creates a token for full access that has expired, for servers that tolerate clocks that differ. If absent, the suite
   * creates a token that expires after a second, and waits for up to 15 seconds until it is refused.
   */
  expiredToken?(name: string): Promise<string>;
  /** Releases the subject; its databases are already deleted. */
  destroy?(): Promise<void>;
}

const ANSWERS_WITHIN_MS = 30_000;
const PAUSE_MS = 50;
const HOUR_S = 3_600;

/** One subject during one check. */
export class PlatformTrial {
  readonly #subject: PlatformSubject;
  readonly #names = new Set<string>();

  constructor(subject: PlatformSubject) {
    this.#subject = subject;
  }

  get platform(): ITursoPlatformService {
    return this.#subject.platform;
  }

  get group(): string | undefined {
    return this.#subject.group;
  }

  /** A name that was never used, whose database is deleted after the check. */
  name(): string {
    const name = `c-${Math.random().toString(36).slice(2, 12)}`;
    this.#names.add(name);
    return name;
  }

  /** Request for a new database in the group of the subject. */
  request(more: Partial<CreateDatabaseRequest> = {}): CreateDatabaseRequest {
    return { name: this.name(), ...(this.group !== undefined && { group: this.group }), ...more };
  }

  /** Creates a database and waits until it answers. */
  async create(more: Partial<CreateDatabaseRequest> = {}) {
    const info = await this.platform.createDatabase(this.request(more));
    return { info, name: info.name, database: await this.ready(info) };
  }

  /** Opens a database, with a new token for full access if the platform has tokens. */
  async open(info: TursoDatabaseInfo): Promise<PlatformTestDatabase> {
    return this.openWith(info, this.platform.supports.tokens ? await this.token(info.name) : undefined);
  }

  openWith(info: TursoDatabaseInfo, token: string | undefined): Promise<PlatformTestDatabase> {
    return this.#subject.open(info, token);
  }

  /** A token that has expired, or expires soon. */
  async expiredToken(name: string): Promise<string> {
    if (this.#subject.expiredToken) return this.#subject.expiredToken(name);
    return (await this.platform.createToken(name, 'full-access', 1)).jwt;
  }

  async token(name: string, scope: 'full-access' | 'read-only' = 'full-access'): Promise<string> {
    return (await this.platform.createToken(name, scope, HOUR_S)).jwt;
  }

  /** Opens a database once it answers: a new one may be unknown to its server, or refuse tokens, for some seconds. */
  async ready(info: TursoDatabaseInfo): Promise<PlatformTestDatabase> {
    const database = await this.open(info);
    const deadline = performance.now() + ANSWERS_WITHIN_MS;
    for (;;) {
      const error = await database.read().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) return database;
      const isEarly = ObjectStackError.isInstance(error) && error.code === 'database_not_found';
      if (!isEarly || performance.now() > deadline) throw error;
      await delay(PAUSE_MS);
    }
  }

  /** Names of those listed databases that this check created. */
  async listed(group?: string): Promise<string[]> {
    const infos = await this.platform.listDatabases(group);
    return infos.map(({ name }) => name).filter((name) => this.#names.has(name));
  }

  async cleanUp(): Promise<void> {
    for (const name of this.#names) {
      await this.platform.deleteDatabase(name);
      await this.platform.purgeDatabase(name);
    }
    await this.#subject.destroy?.();
  }
}

/** The error code that the work rejects with. Fails if it succeeds. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => assert.fail('It succeeded but had to be rejected.'),
    (reason: unknown) => reason,
  );
  if (error instanceof assert.AssertionError || !ObjectStackError.isInstance(error)) throw error;
  return error.code;
}
