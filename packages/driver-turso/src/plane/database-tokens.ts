import type { ITursoPlatformService } from '@objectstack/spec/contracts';
import type { TimedToken } from '../connection/remote/token-source.js';

/** Part of its lifetime after which a token is replaced. */
const USED_FOR = 0.8;
/** Beyond it the token that was minted first is forgotten; a driver that still holds it continues to use it. */
const MOST_TOKENS = 10_000;

type Minter = Pick<ITursoPlatformService, 'createToken'>;

interface Minted extends TimedToken {
  readonly mintedAt: number;
}

/** Tokens of databases, minted when they are first needed, held in memory only, and shared by all drivers. */
export class DatabaseTokens {
  readonly #platform: Minter;
  readonly #lifetimeSeconds: number;
  readonly #byName = new Map<string, Promise<Minted>>();

  constructor(platform: Minter, lifetimeSeconds: number) {
    this.#platform = platform;
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  /** A usable token. Concurrent callers share one; `refused` is the token that the server has just rejected. */
  async tokenOf(name: string, refused?: string): Promise<TimedToken> {
    const known = this.#byName.get(name);
    const current = await known?.catch(() => undefined);
    if (current && current.token !== refused) {
      const remainingMs = current.usableForMs - (performance.now() - current.mintedAt);
      if (remainingMs > 0) return { token: current.token, usableForMs: remainingMs };
    }
    return this.#byName.get(name) === known ? this.#mintShared(name) : this.tokenOf(name, refused);
  }

  /** Forgets all tokens. */
  clear(): void {
    this.#byName.clear();
  }

  #mintShared(name: string): Promise<TimedToken> {
    const minted = this.#mint(name);
    this.#byName.delete(name);
    this.#byName.set(name, minted);
    const [oldest] = this.#byName.keys();
    if (this.#byName.size > MOST_TOKENS && oldest !== undefined) this.#byName.delete(oldest);
    return minted;
  }

  async #mint(name: string): Promise<Minted> {
    const mintedAt = performance.now();
    const { jwt } = await this.#platform.createToken(name, 'full-access', this.#lifetimeSeconds);
    return { token: jwt, usableForMs: this.#lifetimeSeconds * 1_000 * USED_FOR, mintedAt };
  }
}
