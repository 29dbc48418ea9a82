import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { ISecretSealer, SecretPlace } from '@objectstack/spec/contracts';

/** A sealer with a random key, bound to the place of each secret. */
export function testSealer(): ISecretSealer {
  const key = randomBytes(32);
  const boundTo = ({ tenantId, field }: SecretPlace) => Buffer.from(JSON.stringify([tenantId, field]));
  return {
    async seal(secret, place) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(place));
      const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]).toString('base64');
      const tag = cipher.getAuthTag().toString('base64');
      return { algorithm: 'aes-256-gcm', keyId: 'test', nonce: nonce.toString('base64'), ciphertext, tag };
    },
    async open({ nonce, ciphertext, tag }, place) {
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'));
      decipher.setAAD(boundTo(place)).setAuthTag(Buffer.from(tag, 'base64'));
      return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64')), decipher.final()]).toString();
    },
  };
}
