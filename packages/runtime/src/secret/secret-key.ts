import { ObjectStackError } from '@objectstack/spec/shared';
import { whileReading } from '../shared/while-reading.js';

export interface SecretKey {
  /** Stands beside what the key sealed, so that older keys can go on opening. At most 255 characters. */
  readonly id: string;
  /** 32 random bytes. */
  readonly key: Uint8Array;
}

const KEY_BYTES = 32;
const MAX_ID_LENGTH = 255;

function faultOf(keys: readonly SecretKey[]): string | undefined {
  if (keys.length === 0) return 'There is no key to seal with.';
  if (keys.some(({ id }) => id.length === 0 || id.length > MAX_ID_LENGTH))
    return 'The id of a key has 1 to 255 characters.';
  if (new Set(keys.map(({ id }) => id)).size < keys.length) return 'Two keys have one id.';
  return keys.every(({ key }) => key.byteLength === KEY_BYTES) ? undefined : 'A key has 32 bytes.';
}

const invalid = (message: string) =>
  new ObjectStackError({ code: 'configuration_invalid', message, details: { settings: ['keys'] } });

/** The keys of the options, or `configuration_invalid`. */
export function readSecretKeys<T extends readonly SecretKey[]>(options: { readonly keys: T }): T {
  return whileReading(
    () => invalid('The keys cannot be read. Pass a list of objects with id and key.'),
    () => {
      const { keys } = options;
      const message = faultOf(keys);
      if (message !== undefined) throw invalid(message);
      return keys;
    },
  );
}
