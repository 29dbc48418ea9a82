import { ObjectStackError } from '@objectstack/spec/shared';
import { whileReadingInput } from '../shared/while-reading-input.js';

export interface SecretKey {
  /**
   * Identifier of the key, stored with every secret that it sealed so that older keys can still open them. At most 255
   * characters.
   */
  readonly id: string;
  /** 32 random bytes. */
  readonly key: Uint8Array;
}

const KEY_BYTES = 32;
const MAX_ID_LENGTH = 255;

function faultOf(keys: readonly SecretKey[]): string | undefined {
  if (keys.length === 0) return 'keys is empty. Pass at least one key.';
  if (keys.some(({ id }) => id.length === 0 || id.length > MAX_ID_LENGTH))
    return 'The id of a key is empty or longer than 255 characters.';
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    return 'Two keys have the same id. Give each key its own id.';
  return keys.every(({ key }) => key.byteLength === KEY_BYTES)
    ? undefined
    : 'A key does not have exactly 32 bytes. Create it with randomBytes(32).';
}

const invalid = (message: string) =>
  new ObjectStackError({ code: 'configuration_invalid', message, details: { settings: ['keys'] } });

/** The keys of the options. Throws `configuration_invalid`. */
export function readSecretKeys<T extends readonly SecretKey[]>(options: { readonly keys: T }): T {
  return whileReadingInput(
    () => invalid('Reading keys failed. Pass a list of objects with id and key.'),
    () => {
      const { keys } = options;
      const message = faultOf(keys);
      if (message !== undefined) throw invalid(message);
      return keys;
    },
  );
}
