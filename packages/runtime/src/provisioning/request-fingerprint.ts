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
      message: 'The request holds text that is not valid Unicode.',
      details: { issues: [{ path: '', code: 'not_unicode', message: 'Text with half a surrogate pair.' }] },
    });
  }
}

/** SHA-256 of what is asked for, so that another request under the same key is noticed. */
export function requestFingerprint({ requestKey, ...request }: TenantProvisioningRequest): string {
  canonicalText(requestKey);
  return createHash('sha256').update(canonicalText(request)).digest('hex');
}
