import { ObjectStackError, type OwnErrorDetails } from '@objectstack/spec/shared';
import type { S3Answer } from './s3-answer.js';

type Meaning =
  | { readonly settings: readonly string[]; readonly message: string }
  | { readonly code: 'database_blocked' | 'database_full'; readonly message: string };

const CREDENTIALS: Meaning = {
  settings: ['credentials'],
  message:
    'The bundle store refused the credentials. Check the access key, its secret and its session token, and that they belong to this endpoint.',
};

const REGION: Meaning = {
  settings: ['region', 'endpoint'],
  message:
    'The bucket of the bundle store is in another region. Set region to that of the bucket, and endpoint to that of the region.',
};

const BUCKET: Meaning = {
  settings: ['bucket'],
  message: 'The bucket of the bundle store does not exist. Create it, or correct bucket and endpoint.',
};

const DENIED: Meaning = {
  code: 'database_blocked',
  message:
    'The credentials do not permit this operation on the bucket of the bundle store. They need s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket.',
};

const FULL: Meaning = {
  code: 'database_full',
  message: 'The storage quota of the bundle store is exhausted. Free space or raise the quota, then retry.',
};

/** Meaning of the error codes of S3 and compatible servers that have a known cause. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  NoSuchBucket: BUCKET,
  InvalidBucketName: BUCKET,
  SignatureDoesNotMatch: CREDENTIALS,
  InvalidAccessKeyId: CREDENTIALS,
  InvalidToken: CREDENTIALS,
  ExpiredToken: CREDENTIALS,
  TokenRefreshRequired: CREDENTIALS,
  Unauthorized: CREDENTIALS,
  AuthorizationHeaderMalformed: REGION,
  PermanentRedirect: REGION,
  TemporaryRedirect: REGION,
  IncorrectEndpoint: REGION,
  AccessDenied: DENIED,
  AllAccessDisabled: DENIED,
  QuotaExceeded: FULL,
  XMinioStorageFull: FULL,
  RequestTimeTooSkewed: {
    settings: ['clock'],
    message:
      'The clock of this machine differs from that of the bundle store by more than it accepts. Synchronize the clock, for example by NTP.',
  },
};

function meaningOf({ status, errorCode = '' }: S3Answer): Meaning | undefined {
  const known = Object.hasOwn(MEANINGS, errorCode) ? MEANINGS[errorCode] : undefined;
  if (known) return known;
  if (status >= 300 && status < 400) return REGION;
  if (status === 401 || status === 403) return DENIED;
  return status === 507 ? FULL : undefined;
}

/** The error for an answer that a repetition would not change. Texts of the server are omitted. */
export function toS3Error(answer: S3Answer): ObjectStackError {
  const { status, errorCode: reason } = answer;
  const meaning = meaningOf(answer);
  if (meaning && 'settings' in meaning)
    return new ObjectStackError({
      code: 'configuration_invalid',
      message: meaning.message,
      details: { settings: [...meaning.settings], ...(reason && { reason }) },
    });
  if (meaning?.code === 'database_full')
    return new ObjectStackError({ code: 'database_full', message: meaning.message });
  if (meaning)
    return new ObjectStackError({
      code: 'database_blocked',
      message: meaning.message,
      ...(reason && { details: { reason } }),
    });
  return storeRefused({ status, ...(reason && { reason }) });
}

export function storeRefused(details: OwnErrorDetails<'bundle_store_refused'>): ObjectStackError {
  const { status, reason } = details;
  return new ObjectStackError({
    code: 'bundle_store_refused',
    message: `The server of the bundle store refused the request${status === undefined ? '' : ` with status ${status}`}${reason ? `: ${reason}` : ''}. Check that endpoint is the URL of an S3 API.`,
    details,
  });
}

export function storeUnavailable(details: OwnErrorDetails<'bundle_store_unavailable'>): ObjectStackError {
  const { status } = details;
  const what = status === undefined ? 'cannot be reached' : `responded with status ${status}`;
  return new ObjectStackError({
    code: 'bundle_store_unavailable',
    message: `The server of the bundle store ${what}. Retry later.`,
    details,
  });
}
