import * as z from 'zod';

const ClaimsSchema = z.looseObject({ exp: z.int().min(0).max(8_640_000_000_000) });

/** Expiration in the claims of a JSON Web Token; undefined if it has none or is not readable. */
function claimedExpiration(jwt: string): number | undefined {
  try {
    const [, claims = ''] = jwt.split('.');
    return ClaimsSchema.parse(JSON.parse(Buffer.from(claims, 'base64url').toString())).exp * 1_000;
  } catch {
    return undefined;
  }
}

/** When a new token expires; undefined if it does not. */
export function expirationOf(jwt: string, requestedSeconds: number | undefined): string | undefined {
  const requested = requestedSeconds === undefined ? undefined : Date.now() + requestedSeconds * 1_000;
  const expiresAt = claimedExpiration(jwt) ?? requested;
  return expiresAt === undefined ? undefined : new Date(expiresAt).toISOString();
}
