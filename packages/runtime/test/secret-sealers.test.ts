import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  collectFailures,
  describeSecretSealer,
  SECRET_SEALER_REQUIREMENTS,
  type SecretSealerSuiteOptions,
} from '@objectstack/conformance';
import type { ISecretSealer, SecretPlace } from '@objectstack/spec/contracts';
import { ObjectStackError, type SealedSecret, SealedSecretSchema } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { createSecretSealer } from '../src/secret/create-secret-sealer.js';
import type { SecretKey } from '../src/secret/secret-key.js';

type Keys = readonly [SecretKey, ...SecretKey[]];
type Create = (keys: Keys) => ISecretSealer;

const keyOf = (id: string): SecretKey => ({ id, key: randomBytes(32) });

function suiteOf(create: Create): SecretSealerSuiteOptions {
  return {
    name: 'with AES-256-GCM',
    create: async () => {
      const key = keyOf('2025');
      const open = async () => create([key]);
      return {
        sealer: await open(),
        open,
        rotate: async () => create([keyOf('2026'), key]),
        foreign: async () => create([keyOf('other')]),
      };
    },
  };
}

const real: Create = (keys) => createSecretSealer({ keys });

/** The sealer with some methods replaced. */
const changed =
  (change: (sealer: ISecretSealer, keys: Keys) => Partial<ISecretSealer>): Create =>
  (keys) => {
    const sealer = real(keys);
    return { seal: sealer.seal, open: sealer.open, ...change(sealer, keys) };
  };

/** What the plain encryption omits. */
interface Omissions {
  readonly bound?: (place: SecretPlace, keyId: string) => string;
  readonly nonce?: () => Buffer;
  readonly tagBytes?: readonly number[];
}

const BOUND = ({ tenantId, field }: SecretPlace, keyId: string) => JSON.stringify([tenantId, field, keyId]);

const refuse = (code: 'secret_invalid' | 'invalid_request', message = 'Refused.') =>
  new ObjectStackError({ code, message });

function assertPlace({ tenantId, field }: SecretPlace): void {
  if (tenantId === '' || field === '') throw refuse('invalid_request');
}

/** A sealer that is written here, so that parts of the encryption can be omitted. */
const plain =
  ({ bound = BOUND, nonce = () => randomBytes(12), tagBytes = [16] }: Omissions): Create =>
  (keys) => ({
    async seal(secret, place) {
      assertPlace(place);
      if (secret === '') throw refuse('invalid_request');
      const { id, key } = keys[0];
      const iv = nonce();
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(bound(place, id)));
      const bytes = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const text = (part: Buffer) => part.toString('base64');
      return {
        algorithm: 'aes-256-gcm',
        keyId: id,
        nonce: text(iv),
        ciphertext: text(bytes),
        tag: text(cipher.getAuthTag()),
      };
    },
    async open(sealed, place) {
      assertPlace(place);
      const tag = Buffer.from(String((sealed as SealedSecret | null)?.tag ?? ''), 'base64');
      const key = keys.find(({ id }) => id === (sealed as SealedSecret | null)?.keyId)?.key;
      const parsed = SealedSecretSchema.safeParse({ ...sealed, tag: 'A'.repeat(22).concat('==') });
      if (!key || !parsed.success || !tagBytes.includes(tag.length)) throw refuse('secret_invalid');
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'base64'), {
        authTagLength: tag.length,
      });
      decipher.setAAD(Buffer.from(bound(place, sealed.keyId))).setAuthTag(tag);
      try {
        const bytes = [decipher.update(Buffer.from(sealed.ciphertext, 'base64')), decipher.final()];
        return Buffer.concat(bytes).toString('utf8');
      } catch {
        throw refuse('secret_invalid');
      }
    },
  });

/** Rejects with another code or message. */
const rejecting = (change: (error: ObjectStackError, sealed: SealedSecret) => unknown) =>
  changed(({ open }) => ({
    open: (sealed, place) =>
      open(sealed, place).catch((error) => {
        throw change(error, sealed);
      }),
  }));

const NONCE = randomBytes(12);

const WRONG: Readonly<Record<string, { readonly breaks: readonly string[]; readonly create: Create }>> = {
  'returns another property': {
    breaks: ['open/after-rotation', 'open/another-process', 'open/empty-place', 'open/secret', 'seal/format'],
    create: changed(({ seal }) => ({ seal: async (...args) => ({ ...(await seal(...args)), version: 1 }) })),
  },
  'does not encrypt': {
    breaks: [
      'open/another-place',
      'open/empty-place',
      'open/errors-without-secret',
      'open/exchanged',
      'open/format',
      'open/modified',
      'open/shortened',
      'open/unknown-key',
      'seal/current-key',
      'seal/hidden',
      'seal/unique',
    ],
    create: changed(() => ({
      seal: async (secret, place) => {
        assertPlace(place);
        if (secret === '') throw refuse('invalid_request');
        const ciphertext = Buffer.from(secret).toString('base64');
        const random = (bytes: number) => randomBytes(bytes).toString('base64');
        return { algorithm: 'aes-256-gcm', keyId: 'k', nonce: random(12), ciphertext, tag: random(16) };
      },
      open: async ({ ciphertext }) => Buffer.from(ciphertext, 'base64').toString(),
    })),
  },
  'uses a nonce twice': { breaks: ['open/exchanged', 'seal/unique'], create: plain({ nonce: () => NONCE }) },
  'seals an empty secret': {
    breaks: ['seal/empty-secret'],
    create: changed(({ seal }) => ({ seal: (secret, place) => seal(secret || ' ', place) })),
  },
  'seals for any place': {
    breaks: ['open/errors-without-secret', 'seal/empty-place'],
    create: changed(({ seal }) => ({
      seal: (secret, { tenantId, field }) => seal(secret, { tenantId: tenantId || '-', field: field || '-' }),
    })),
  },
  'opens at any place': {
    breaks: ['open/empty-place'],
    create: changed(({ open }) => ({
      open: (sealed, { tenantId, field }) => open(sealed, { tenantId: tenantId || '-', field: field || '-' }),
    })),
  },
  'seals with the oldest key': {
    breaks: ['seal/current-key'],
    create: changed((_, keys) => ({ seal: real([keys.at(-1) ?? keys[0]]).seal })),
  },
  'decodes as Latin-1': {
    breaks: ['open/secret'],
    create: changed(({ open }) => ({
      open: async (...args) => Buffer.from(await open(...args)).toString('latin1'),
    })),
  },
  'opens only what this process sealed': {
    breaks: ['open/after-rotation', 'open/another-process'],
    create: changed(({ seal, open }) => {
      const own = new Set<string>();
      return {
        seal: async (...args) => {
          const sealed = await seal(...args);
          own.add(sealed.nonce);
          return sealed;
        },
        open: async (sealed, place) => {
          const secret = await open(sealed, place);
          if (!own.has(sealed.nonce)) throw refuse('secret_invalid');
          return secret;
        },
      };
    }),
  },
  'opens only with the current key': {
    breaks: ['open/after-rotation'],
    create: changed((_, keys) => ({ open: real([keys[0]]).open })),
  },
  'is not bound to the place': {
    breaks: ['open/another-place', 'open/errors-without-secret'],
    create: plain({ bound: () => '' }),
  },
  'joins tenant and field': {
    breaks: ['open/another-place'],
    create: plain({ bound: ({ tenantId, field }, keyId) => `${tenantId}${field}${keyId}` }),
  },
  'accepts short tags': {
    breaks: ['open/shortened'],
    create: plain({ tagBytes: [4, 8, 12, 13, 14, 15, 16] }),
  },
  'rejects an unknown key as not found': {
    breaks: ['open/unknown-key', 'seal/current-key'],
    create: rejecting((error) =>
      error.details.reason === 'unknown_key' ? refuse('invalid_request') : error,
    ),
  },
  'rejects a wrong format as an invalid request': {
    breaks: ['open/format'],
    create: rejecting((error, sealed) =>
      typeof sealed !== 'object' || sealed === null ? refuse('invalid_request') : error,
    ),
  },
  'ignores that the tag does not match': {
    breaks: [
      'open/another-place',
      'open/errors-without-secret',
      'open/exchanged',
      'open/modified',
      'open/shortened',
      'open/unknown-key',
    ],
    create: changed(({ open }) => ({
      open: (sealed, place) =>
        open(sealed, place).catch((error) => {
          if (error.details.reason !== 'not_authentic') throw error;
          return 'opened';
        }),
    })),
  },
  'quotes the ciphertext in errors': {
    breaks: ['open/errors-without-secret'],
    create: rejecting((error, sealed) =>
      error.code === 'secret_invalid' ? refuse('secret_invalid', `Damaged: ${sealed?.ciphertext}`) : error,
    ),
  },
};

describeSecretSealer({ describe, it }, suiteOf(real));
describeSecretSealer({ describe, it }, { ...suiteOf(plain({})), name: 'that mutants derive from' });

describe('a secret sealer with one deviation', () => {
  it.each(Object.entries(WRONG))(
    'fails exactly the requirements that it violates: %s',
    async (_, { breaks, create }) => {
      const failed = await collectFailures((runner) => describeSecretSealer(runner, suiteOf(create)));
      expect(failed.toSorted()).toEqual(breaks.map((id) => `secret-sealer/${id}`).toSorted());
    },
  );

  it('exists for every requirement', () => {
    const broken = new Set(Object.values(WRONG).flatMap(({ breaks }) => breaks));
    const ids = Object.keys(SECRET_SEALER_REQUIREMENTS).map((id) => id.replace('secret-sealer/', ''));
    expect(ids.filter((id) => !broken.has(id))).toEqual([]);
  });
});
