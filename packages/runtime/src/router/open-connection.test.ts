import { describe, expect, it } from 'vitest';
import { openConnection } from './open-connection.js';

const place = { url: 'libsql://t.example', databaseName: 't-1', group: 'eu' };

describe('openConnection', () => {
  it('returns a connection without a secret, with the tenant that must own the database', () => {
    expect(openConnection(place, 'tenant-1')).toEqual({ ...place, tenantId: 'tenant-1' });
  });

  it('rejects a connection whose token is sealed', () => {
    const authToken = {
      algorithm: 'aes-256-gcm',
      keyId: 'k1',
      nonce: 'AAAAAAAAAAAAAAAA',
      ciphertext: 'c2VjcmV0IQ==',
      tag: 'AAAAAAAAAAAAAAAAAAAAAA==',
    } as const;
    expect(() => openConnection({ ...place, authToken }, 'tenant-1')).toThrow(
      expect.objectContaining({ code: 'configuration_incomplete', details: { missing: ['sealer'] } }),
    );
  });
});
