import { createHash } from 'node:crypto';
import type { AppManifest } from '@objectstack/spec/system';
import canonicalize from 'canonicalize';

/** SHA-256 over the RFC 8785 canonical JSON of a value. */
export const checksumOf = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');

/** Checksum of a parsed manifest; `$schema` describes the file that contained it. */
export function manifestChecksum({ $schema: _schema, ...manifest }: AppManifest): string {
  return checksumOf(manifest);
}

export const isSameJson = (one: unknown, other: unknown): boolean =>
  one === other || canonicalize(one) === canonicalize(other);
