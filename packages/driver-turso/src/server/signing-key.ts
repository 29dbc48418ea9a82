import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { TursoTokenScope } from '@objectstack/spec/contracts';

/** An Ed25519 key pair whose private key signs the tokens of one database. */
export interface SigningKey {
  /** Private key in PKCS #8 format, PEM-encoded. A secret. */
  readonly privateKey: string;
  /** Public key as a libSQL server reads it: 32 bytes, Base64url-encoded. */
  readonly publicKey: string;
}

export function createSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicKey: String(publicKey.export({ format: 'jwk' }).x),
  };
}

export interface TokenRequest {
  readonly databaseName: string;
  readonly scope: TursoTokenScope;
  readonly issuedAt: Date;
  readonly expiresInSeconds: number | undefined;
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs a JSON Web Token that opens one database. Every token is different, also within one second. */
export function signToken(privateKey: string, request: TokenRequest): { jwt: string; expiresAt?: string } {
  const { databaseName, scope, issuedAt, expiresInSeconds } = request;
  const iat = Math.floor(issuedAt.getTime() / 1_000);
  const exp = expiresInSeconds === undefined ? undefined : iat + expiresInSeconds;
  const claims = {
    id: databaseName,
    a: scope === 'read-only' ? 'ro' : 'rw',
    iat,
    jti: randomUUID(),
    ...(exp !== undefined && { exp }),
  };
  const content = `${encoded({ alg: 'EdDSA', typ: 'JWT' })}.${encoded(claims)}`;
  const signature = sign(null, Buffer.from(content), createPrivateKey(privateKey)).toString('base64url');
  return {
    jwt: `${content}.${signature}`,
    ...(exp !== undefined && { expiresAt: new Date(exp * 1_000).toISOString() }),
  };
}
