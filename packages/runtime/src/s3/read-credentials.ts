import { ObjectStackError } from '@objectstack/spec/shared';
import { type S3Credentials, S3CredentialsSchema, type S3Settings } from './read-s3-options.js';

/** Any other error of the function is omitted, because it may quote a secret. */
function unavailable(error: unknown): never {
  if (ObjectStackError.isInstance(error)) throw error;
  throw new ObjectStackError({
    code: 'bundle_store_unavailable',
    message: 'The function for the credentials of the bundle store failed. Check where it reads them.',
    details: { reason: 'credentials_unavailable' },
  });
}

/** The credentials for one request. A function may be slow, so it is subject to the timeout of the attempt. */
export async function readCredentials(
  credentials: S3Settings['credentials'],
  signal: AbortSignal,
): Promise<S3Credentials> {
  if (typeof credentials !== 'function') return credentials;
  let giveUp: () => void = () => {};
  const stopped = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp);
  });
  try {
    const found = await Promise.race([Promise.resolve().then(credentials).catch(unavailable), stopped]);
    const parsed = S3CredentialsSchema.safeParse(found);
    if (parsed.success) return parsed.data;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message:
      'The function for the credentials of the bundle store must return accessKeyId, secretAccessKey and, for temporary credentials, sessionToken.',
    details: { settings: ['credentials'] },
  });
}
