import { randomBytes } from 'node:crypto';
import { SealedSecretSchema } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { createSecretSealer } from '../index.js';

const SECRET = 'eyJhbGciOiJFZERTQSJ9.e30.Käse-🧀';
const PLACE = { tenantId: 't1', field: 'connectionConfig.authToken' };
const keyOf = (id: string) => ({ id, key: randomBytes(32) });
const flip = (base64: string) => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
};

describe('createSecretSealer', () => {
  it('opens what it sealed, and reveals nothing of it', async () => {
    const sealer = createSecretSealer({ keys: [keyOf('k1')] });
    const sealed = await sealer.seal(SECRET, PLACE);
    expect(SealedSecretSchema.parse(sealed)).toEqual(sealed);
    expect(sealed.keyId).toBe('k1');
    expect(await sealer.open(sealed, PLACE)).toBe(SECRET);
    const { ciphertext } = sealed;
    expect(Buffer.from(ciphertext, 'base64').toString('latin1')).not.toContain('eyJ');
  });

  it('never returns the same bytes twice', async () => {
    const sealer = createSecretSealer({ keys: [keyOf('k1')] });
    const sealed = await Promise.all(Array.from({ length: 500 }, () => sealer.seal(SECRET, PLACE)));
    for (const part of ['nonce', 'ciphertext', 'tag'] as const)
      expect(new Set(sealed.map((one) => one[part])).size).toBe(500);
  });

  it.each([
    ['tenant', { ...PLACE, tenantId: 't2' }],
    ['field', { ...PLACE, field: 'settings.apiKey' }],
    ['boundary between tenant and field', { tenantId: 't1connectionConfig', field: '.authToken' }],
  ])('does not open at another %s', async (_what, elsewhere) => {
    const sealer = createSecretSealer({ keys: [keyOf('k1')] });
    const sealed = await sealer.seal(SECRET, PLACE);
    await expect(sealer.open(sealed, elsewhere)).rejects.toMatchObject({
      code: 'secret_invalid',
      details: { reason: 'not_authentic' },
    });
  });

  it.each(['nonce', 'ciphertext', 'tag'] as const)('does not open with another %s', async (part) => {
    const sealer = createSecretSealer({ keys: [keyOf('k1')] });
    const sealed = await sealer.seal(SECRET, PLACE);
    const opening = sealer.open({ ...sealed, [part]: flip(sealed[part]) }, PLACE);
    await expect(opening).rejects.toMatchObject({
      code: 'secret_invalid',
      details: { reason: 'not_authentic' },
    });
  });

  it('rejects a shortened tag, which could be guessed', async () => {
    const sealer = createSecretSealer({ keys: [keyOf('k1')] });
    const sealed = await sealer.seal(SECRET, PLACE);
    for (const bytes of [0, 4, 8, 12, 15]) {
      const tag = Buffer.from(sealed.tag, 'base64').subarray(0, bytes).toString('base64');
      await expect(sealer.open({ ...sealed, tag }, PLACE)).rejects.toMatchObject({
        code: 'secret_invalid',
        details: { reason: 'malformed' },
      });
    }
  });

  it('seals with the first key and opens with any configured key', async () => {
    const [old, fresh] = [keyOf('2025'), keyOf('2026')];
    const sealed = await createSecretSealer({ keys: [old] }).seal(SECRET, PLACE);
    const rotated = createSecretSealer({ keys: [fresh, old] });
    expect(await rotated.open(sealed, PLACE)).toBe(SECRET);
    expect((await rotated.seal(SECRET, PLACE)).keyId).toBe('2026');
    await expect(createSecretSealer({ keys: [fresh] }).open(sealed, PLACE)).rejects.toMatchObject({
      code: 'secret_invalid',
      details: { reason: 'unknown_key' },
    });
  });

  it('does not open under another id of the same key, nor with another key of the same id', async () => {
    const one = keyOf('k1');
    const sealed = await createSecretSealer({ keys: [one] }).seal(SECRET, PLACE);
    const both = createSecretSealer({ keys: [one, { id: 'k2', key: one.key }] });
    const reason = { code: 'secret_invalid', details: { reason: 'not_authentic' } };
    await expect(both.open({ ...sealed, keyId: 'k2' }, PLACE)).rejects.toMatchObject(reason);
    await expect(createSecretSealer({ keys: [keyOf('k1')] }).open(sealed, PLACE)).rejects.toMatchObject(
      reason,
    );
  });

  it('does not include the secret in errors', async () => {
    const sealer = createSecretSealer({ keys: [keyOf('k1')] });
    const sealed = await sealer.seal(SECRET, PLACE);
    const error = await sealer.open(sealed, { ...PLACE, tenantId: 't2' }).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'secret_invalid' });
    expect(Object.hasOwn(error, 'cause')).toBe(false);
    expect(JSON.stringify(error)).not.toContain('eyJ');
  });

  it.each([
    ['', PLACE],
    [SECRET, { ...PLACE, tenantId: '' }],
    [SECRET, { ...PLACE, field: '' }],
  ])('rejects an empty secret and an empty tenant or field', async (secret, place) => {
    const sealer = createSecretSealer({ keys: [keyOf('k1')] });
    await expect(sealer.seal(secret, place)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it.each([
    ['no key', []],
    ['a short key', [{ id: 'k1', key: randomBytes(16) }]],
    ['a key without id', [{ id: '', key: randomBytes(32) }]],
    ['a duplicate id', [keyOf('k1'), keyOf('k1')]],
  ])('refuses %s', (_what, keys) => {
    expect(() => createSecretSealer({ keys: keys as never })).toThrow(
      expect.objectContaining({ code: 'configuration_invalid', details: { settings: ['keys'] } }),
    );
  });
});
