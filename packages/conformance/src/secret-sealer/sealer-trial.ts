import type { ISecretSealer, SecretPlace } from '@objectstack/spec/contracts';
import type { Check, Checks } from '../kit/check.js';

export interface SecretSealerSubject {
  /** A sealer with a key of its own. */
  readonly sealer: ISecretSealer;
  /** Creates another sealer with the same keys, as another process does. */
  readonly open: () => Promise<ISecretSealer>;
  /** Creates a sealer after a key rotation: with a new current key, and the previous ones. */
  readonly rotate: () => Promise<ISecretSealer>;
  /** Creates a sealer that has none of the keys. */
  readonly foreign: () => Promise<ISecretSealer>;
  /** Releases the resources of the sealers. */
  readonly destroy?: () => Promise<void>;
}

export type SealerCheck = Check<SecretSealerSubject>;
export type SealerChecks = Checks<SecretSealerSubject>;

export function must(behavior: string, run: (subject: SecretSealerSubject) => Promise<void>): SealerCheck {
  return { behavior, run };
}

export const SECRET = 'eyJhbGciOiJFZERTQSJ9.e30.secret';
export const PLACE: SecretPlace = { tenantId: 't1', field: 'connectionConfig.authToken' };
