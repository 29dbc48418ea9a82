import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

export interface TokenClaims {
  /** Namespace of the database. Absent in the token of a group. */
  readonly id?: string;
  readonly a: 'ro' | 'rw';
  readonly exp?: number;
  readonly iat: number;
  /** Distinguishes tokens that were created in the same second. */
  readonly jti: string;
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The claims of a token, without verification; null if it is not one. */
export function claimsOf(token: string): TokenClaims | null {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return null;
  }
}

/** Ed25519 key that signs the tokens of a database or of a group. */
export class SigningKey {
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;

  constructor(pem?: string) {
    this.#privateKey = pem ? createPrivateKey(pem) : generateKeyPairSync('ed25519').privateKey;
    this.#publicKey = createPublicKey(this.#privateKey);
  }

  /** The public key as the libSQL server reads it. */
  get publicText(): string {
    return String(this.#publicKey.export({ format: 'jwk' }).x);
  }

  get privatePem(): string {
    return String(this.#privateKey.export({ type: 'pkcs8', format: 'pem' }));
  }

  sign(claims: TokenClaims): string {
    const content = `${encoded({ alg: 'EdDSA', typ: 'JWT' })}.${encoded(claims)}`;
    return `${content}.${sign(null, Buffer.from(content), this.#privateKey).toString('base64url')}`;
  }

  /** Whether this key signed the token. */
  signed(token: string): boolean {
    const [head, claims, signature] = token.split('.');
    if (!head || !claims || !signature) return false;
    return verify(
      null,
      Buffer.from(`${head}.${claims}`),
      this.#publicKey,
      Buffer.from(signature, 'base64url'),
    );
  }
}
