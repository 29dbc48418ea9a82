import { describe, expect, it } from 'vitest';
import { openConnection } from './open-connection.js';

const place = { url: 'libsql://t.example', databaseName: 't-1', group: 'eu' };

describe('openConnection', () => {
  it('hands on what holds no secret, with the tenant that the database must belong to', () => {
    expect(openConnection(place, 'tenant-1')).toEqual({ ...place, tenantId: 'tenant-1' });
  });

  it('connects nobody without the token that the tenant has', () => {
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
