import { ObjectStackError } from '@objectstack/spec/shared';

/** A token that is replaced before it expires. */
export interface TimedToken {
  readonly token: string;
  /** Time for which the token is used, in milliseconds; then the function is called again. */
  readonly usableForMs: number;
}

/**
 * Token of a database or a function that returns it. The reason `refused` means that the last token was rejected,
 * `expiring` that the time for which it is used has passed.
 */
export type AuthToken =
  | string
  | ((context: {
      readonly reason: 'initial' | 'refused' | 'expiring';
    }) => string | TimedToken | Promise<string | TimedToken>);

/** The current token. Requested when first needed, and once more for all callers when the server rejects it. */
export class TokenSource {
  readonly #authToken: AuthToken | undefined;
  #token: Promise<string> | undefined;
  #renewing: Promise<string> | undefined;
  #usableUntil = Number.POSITIVE_INFINITY;

  constructor(authToken: AuthToken | undefined) {
    this.#authToken = authToken;
  }

  async current(): Promise<string | undefined> {
    if (this.#authToken === undefined) return undefined;
    if (this.#token !== undefined && performance.now() > this.#usableUntil) {
      this.#usableUntil = Number.POSITIVE_INFINITY;
      this.#token = this.#ask('expiring');
    }
    this.#token ??= this.#ask('initial');
    const asked = this.#token;
    return asked.catch((error: unknown) => {
      if (this.#token === asked) this.#token = undefined;
      throw error;
    });
  }

  /** Requests a new token unless the rejected one was already replaced; false if the token is fixed. */
  async renew(refused: string | undefined): Promise<boolean> {
    if (typeof this.#authToken !== 'function') return false;
    if (!this.#renewing && (await this.#token?.catch(() => undefined)) !== refused) return true;
    this.#renewing ??= this.#ask('refused').finally(() => {
      this.#renewing = undefined;
    });
    const renewing = this.#renewing;
    this.#token = renewing;
    try {
      await renewing;
    } catch (error) {
      if (this.#token === renewing) this.#token = undefined;
      throw error;
    }
    return true;
  }

  async #ask(reason: 'initial' | 'refused' | 'expiring'): Promise<string> {
    if (typeof this.#authToken !== 'function') return this.#authToken ?? '';
    try {
      const answer = await this.#authToken({ reason });
      const { token, usableForMs } =
        typeof answer === 'string' ? { token: answer, usableForMs: Number.POSITIVE_INFINITY } : answer;
      this.#usableUntil = performance.now() + usableForMs;
      return token;
    } catch (error) {
      if (ObjectStackError.isInstance(error)) throw error;
      throw new ObjectStackError({
        code: 'unauthorized',
        message: 'The token function did not return a token for the database.',
      });
    }
  }
}
