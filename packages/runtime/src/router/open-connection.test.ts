import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSecretSealer } from '../secret/create-secret-sealer.js';
import { tokenPlace } from '../secret/token-place.js';
import { openConnection } from './open-connection.js';

const place = { url: 'libsql://t.example', databaseName: 't-1', group: 'eu' };

describe('openConnection', () => {
  it('returns a connection without a secret, with the tenant that must own the database', async () => {
    expect(await openConnection(place, 'tenant-1', undefined)).toEqual({ ...place, tenantId: 'tenant-1' });
  });

  it('decrypts the token of this tenant only', async () => {
    const sealer = createSecretSealer({ keys: [{ id: 'k1', key: randomBytes(32) }] });
    const authToken = await sealer.seal('token-1', tokenPlace('tenant-1'));
    expect(await openConnection({ ...place, authToken }, 'tenant-1', sealer)).toMatchObject({
      authToken: 'token-1',
    });
    await expect(openConnection({ ...place, authToken }, 'tenant-2', sealer)).rejects.toMatchObject({
      code: 'secret_invalid',
    });
  });

  it('rejects a connection whose token is sealed without a sealer', async () => {
    const authToken = {
      algorithm: 'aes-256-gcm',
      keyId: 'k1',
      nonce: 'AAAAAAAAAAAAAAAA',
      ciphertext: 'c2VjcmV0IQ==',
      tag: 'AAAAAAAAAAAAAAAAAAAAAA==',
    } as const;
    await expect(openConnection({ ...place, authToken }, 'tenant-1', undefined)).rejects.toMatchObject({
      code: 'configuration_incomplete',
      details: { missing: ['sealer'] },
    });
  });
});
