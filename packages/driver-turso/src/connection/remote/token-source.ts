import { ObjectStackError } from '@objectstack/spec/shared';

/** Gives the token of a database; `refused` says that the last one was not accepted. */
export type AuthToken =
  | string
  | ((context: { readonly reason: 'initial' | 'refused' }) => string | Promise<string>);

/** The token in use. Asked for when it is first needed, and once more, for everybody, when it is refused. */
export class TokenSource {
  readonly #authToken: AuthToken | undefined;
  #token: Promise<string> | undefined;
  #renewing: Promise<string> | undefined;

  constructor(authToken: AuthToken | undefined) {
    this.#authToken = authToken;
  }

  async current(): Promise<string | undefined> {
    if (this.#authToken === undefined) return undefined;
    this.#token ??= this.#ask('initial');
    const asked = this.#token;
    return asked.catch((error: unknown) => {
      if (this.#token === asked) this.#token = undefined;
      throw error;
    });
  }

  /** Asks for another token than the refused one, unless somebody has it already; false where there is nobody to ask. */
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

  async #ask(reason: 'initial' | 'refused'): Promise<string> {
    if (typeof this.#authToken !== 'function') return this.#authToken ?? '';
    try {
      return await this.#authToken({ reason });
    } catch {
      throw new ObjectStackError({
        code: 'unauthorized',
        message: 'No token for the database could be had.',
      });
    }
  }
}
