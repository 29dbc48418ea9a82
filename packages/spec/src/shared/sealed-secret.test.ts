import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { sealed } from '../../test/samples.js';
import { SealedSecretSchema } from './sealed-secret.zod.js';

describe('SealedSecretSchema', () => {
  it.each(['AAAA', 'AAA=', 'AA==', 'c2VjcmV0IQ=='])('accepts the ciphertext %s', (ciphertext) => {
    expect(SealedSecretSchema.parse({ ...sealed, ciphertext })).toEqual({ ...sealed, ciphertext });
  });

  it.each([
    ['', 'a plain secret'],
    ['', { ...sealed, secret: 'plain' }],
    ['algorithm', { ...sealed, algorithm: 'aes-256-cbc' }],
    ['keyId', { ...sealed, keyId: '' }],
    ['nonce', { ...sealed, nonce: 'AAAA' }],
    ['ciphertext', { ...sealed, ciphertext: '' }],
    ['ciphertext', { ...sealed, ciphertext: 'AAA' }],
    ['tag', { ...sealed, tag: 'AAAAAA==' }],
    ['tag', { ...sealed, tag: undefined }],
  ])('rejects an invalid "%s"', (path, value) => {
    expect(issuePaths(SealedSecretSchema, value)).toEqual([path]);
  });
});
