import { createHash } from 'node:crypto';
import { ObjectStackError } from '@objectstack/spec/shared';
import canonicalize from 'canonicalize';

/** JSON text after RFC 8785: equal values have equal bytes. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined)
    throw new ObjectStackError({ code: 'internal', message: 'A value has no canonical JSON.' });
  return text;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** SHA-256 over canonical JSON, as 64 hexadecimal digits. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
