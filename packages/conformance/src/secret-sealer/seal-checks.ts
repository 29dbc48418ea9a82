import assert from 'node:assert/strict';
import { SealedSecretSchema } from '@objectstack/spec/shared';
import { refused } from '../kit/refused.js';
import { must, PLACE, SECRET, type SealerChecks } from './sealer-trial.js';

const REPETITIONS = 200;

export const SEAL_CHECKS: SealerChecks = {
  format: must('`seal` returns a sealed secret without other properties', async ({ sealer }) => {
    const sealed = await sealer.seal(SECRET, PLACE);
    assert.deepEqual(SealedSecretSchema.parse(sealed), sealed);
  }),
  hidden: must('`seal` returns no part of the secret or of the place', async ({ sealer }) => {
    const { ciphertext, ...rest } = await sealer.seal(SECRET, PLACE);
    const bytes = Buffer.from(ciphertext, 'base64').toString('latin1');
    for (const part of ['eyJ', 'secret', PLACE.field]) {
      assert.ok(!bytes.includes(part), 'The ciphertext contains a part of the secret.');
      assert.ok(!JSON.stringify(rest).includes(part), 'A property contains a part of the secret.');
    }
  }),
  unique: must('`seal` never returns the same bytes twice', async ({ sealer }) => {
    const sealed = [];
    for (let count = 0; count < REPETITIONS; count++) sealed.push(await sealer.seal(SECRET, PLACE));
    for (const part of ['nonce', 'ciphertext', 'tag'] as const)
      assert.equal(new Set(sealed.map((one) => one[part])).size, REPETITIONS, part);
  }),
  'empty-secret': must('`seal` rejects an empty secret', async ({ sealer }) => {
    await refused(sealer.seal('', PLACE), 'invalid_request');
  }),
  'empty-place': must('`seal` rejects a place without tenant or field', async ({ sealer }) => {
    for (const part of ['tenantId', 'field'])
      await refused(sealer.seal(SECRET, { ...PLACE, [part]: '' }), 'invalid_request');
  }),
  'current-key': must('`seal` uses the new key after a rotation', async ({ sealer, rotate }) => {
    const [before, after] = [await sealer.seal(SECRET, PLACE), await (await rotate()).seal(SECRET, PLACE)];
    assert.notEqual(after.keyId, before.keyId);
    await refused(sealer.open(after, PLACE), 'secret_invalid');
  }),
};
