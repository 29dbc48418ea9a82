import { createHash } from 'node:crypto';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantProvisioningRequest } from '@objectstack/spec/system';
import canonicalize from 'canonicalize';

function canonicalText(value: unknown): string {
  try {
    return canonicalize(value) ?? '';
  } catch {
    throw new ObjectStackError({
      code: 'invalid_request',
      message: 'The request contains text with a lone surrogate. Remove it.',
      details: {
        issues: [{ path: '', code: 'not_unicode', message: 'The text contains a lone surrogate.' }],
      },
    });
  }
}

/** SHA-256 of the request, to detect a different request under the same key. */
export function requestFingerprint({ requestKey, ...request }: TenantProvisioningRequest): string {
  canonicalText(requestKey);
  return createHash('sha256').update(canonicalText(request)).digest('hex');
}
