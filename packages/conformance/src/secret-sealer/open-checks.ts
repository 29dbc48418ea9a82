import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { SealedSecret } from '@objectstack/spec/shared';
import { refused } from '../kit/refused.js';
import { must, PLACE, SECRET, type SealerChecks } from './sealer-trial.js';

const SECRETS = [SECRET, 'Käse-🧀', ' leading and trailing ', 'a', '\u0000', 'x'.repeat(100_000)];

/** The Base64 text with one bit changed. */
function flip(base64: string, position: number): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[position] = (bytes[position] ?? 0) ^ 1;
  return bytes.toString('base64');
}

const shortened = (base64: string, bytes: number) =>
  Buffer.from(base64, 'base64').subarray(0, bytes).toString('base64');

const PARTS = ['nonce', 'ciphertext', 'tag'] as const;

export const OPEN_CHECKS: SealerChecks = {
  secret: must('`open` returns exactly the secret', async ({ sealer }) => {
    for (const secret of SECRETS) {
      const sealed = await sealer.seal(secret, PLACE);
      assert.equal(await sealer.open(sealed, PLACE), secret);
    }
  }),
  'another-process': must('`open` opens what another process with the same keys sealed', async (subject) => {
    const sealed = await subject.sealer.seal(SECRET, PLACE);
    const stored = JSON.parse(JSON.stringify(sealed)) as SealedSecret;
    assert.equal(await (await subject.open()).open(stored, { ...PLACE }), SECRET);
  }),
  'after-rotation': must('`open` opens what was sealed before a rotation', async ({ sealer, rotate }) => {
    const sealed = await sealer.seal(SECRET, PLACE);
    assert.equal(await (await rotate()).open(sealed, PLACE), SECRET);
  }),
  'unknown-key': must('`open` rejects what was sealed with another key', async ({ sealer, foreign }) => {
    const sealed = await sealer.seal(SECRET, PLACE);
    const other = await foreign();
    await refused(other.open(sealed, PLACE), 'secret_invalid');
    const { keyId } = await other.seal(SECRET, PLACE);
    await refused(other.open({ ...sealed, keyId }, PLACE), 'secret_invalid');
    await refused(sealer.open({ ...sealed, keyId: 'unknown' }, PLACE), 'secret_invalid');
  }),
  'another-place': must('`open` rejects a secret of another tenant or field', async ({ sealer }) => {
    const sealed = await sealer.seal(SECRET, PLACE);
    for (const place of [
      { ...PLACE, tenantId: 't2' },
      { ...PLACE, field: 'settings.apiKey' },
      { tenantId: 't1connectionConfig', field: '.authToken' },
      { tenantId: PLACE.field, field: PLACE.tenantId },
    ])
      await refused(sealer.open(sealed, place), 'secret_invalid');
  }),
  modified: must('`open` rejects a secret of which any part was modified', async ({ sealer }) => {
    const sealed = await sealer.seal(SECRET, PLACE);
    for (const part of PARTS)
      for (const position of [0, Buffer.from(sealed[part], 'base64').length - 1])
        await refused(
          sealer.open({ ...sealed, [part]: flip(sealed[part], position) }, PLACE),
          'secret_invalid',
        );
  }),
  exchanged: must('`open` rejects the parts of two secrets', async ({ sealer }) => {
    const [one, other] = [await sealer.seal(SECRET, PLACE), await sealer.seal('other', PLACE)];
    for (const part of PARTS)
      await refused(sealer.open({ ...one, [part]: other[part] }, PLACE), 'secret_invalid');
  }),
  shortened: must('`open` rejects a shortened secret, also with a shorter tag', async ({ sealer }) => {
    const sealed = await sealer.seal(SECRET, PLACE);
    for (const bytes of [0, 4, 8, 12, 15])
      for (const part of ['tag', 'ciphertext'] as const)
        await refused(
          sealer.open({ ...sealed, [part]: shortened(sealed[part], bytes) }, PLACE),
          'secret_invalid',
        );
  }),
  format: must('`open` rejects values of another format', async ({ sealer }) => {
    const sealed = await sealer.seal(SECRET, PLACE);
    const { tag: _, ...incomplete } = sealed;
    for (const value of [null, SECRET, {}, incomplete, { ...sealed, algorithm: 'none' }])
      await refused(sealer.open(value as SealedSecret, PLACE), 'secret_invalid');
  }),
  'empty-place': must('`open` rejects a place without tenant or field', async ({ sealer }) => {
    const sealed = await sealer.seal(SECRET, PLACE);
    for (const part of ['tenantId', 'field'])
      await refused(sealer.open(sealed, { ...PLACE, [part]: '' }), 'invalid_request');
  }),
  'errors-without-secret': must('errors contain neither the secret nor its bytes', async ({ sealer }) => {
    const sealed = await sealer.seal(SECRET, PLACE);
    const errors = [
      await refused(sealer.open(sealed, { ...PLACE, tenantId: 't2' }), 'secret_invalid'),
      await refused(sealer.seal(SECRET, { ...PLACE, field: '' }), 'invalid_request'),
    ];
    for (const error of errors) {
      const shown = `${inspect(error, { depth: 10 })}${JSON.stringify(error)}`;
      assert.ok(
        !shown.includes('eyJ') && !shown.includes(sealed.ciphertext),
        'The error contains the secret.',
      );
    }
  }),
};
