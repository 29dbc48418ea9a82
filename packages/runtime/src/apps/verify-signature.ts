import { flattenedVerify, importJWK, type JWK } from 'jose';

/** Public Ed25519 key of a publisher, as a JSON Web Key. */
export type PublisherKey = JWK;

/** Whether a detached signature (a compact JWS without its payload) is that of one of the publishers for these bytes. */
export async function verifySignature(
  bytes: Uint8Array,
  signature: string,
  keys: readonly PublisherKey[],
): Promise<boolean> {
  const [header, payload, value, ...rest] = signature.split('.');
  if (header === undefined || payload !== '' || value === undefined || rest.length > 0) return false;
  const jws = { protected: header, payload: Buffer.from(bytes).toString('base64url'), signature: value };
  for (const key of keys) {
    const isValid = await importJWK(key, 'EdDSA')
      .then((imported) => flattenedVerify(jws, imported, { algorithms: ['EdDSA', 'Ed25519'] }))
      .then(
        () => true,
        () => false,
      );
    if (isValid) return true;
  }
  return false;
}
