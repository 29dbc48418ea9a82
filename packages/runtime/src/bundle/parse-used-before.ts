import { ObjectStackError } from '@objectstack/spec/shared';
import * as z from 'zod';
import { isChecksum } from './bundle-not-found.js';

function invalid(path: string, message: string): ObjectStackError {
  return new ObjectStackError({
    code: 'invalid_request',
    message: `${path.slice(1)} ${message}.`,
    details: { issues: [{ path, code: 'invalid_value', message }] },
  });
}

/** The timestamp in milliseconds. Throws `invalid_request`. */
export function parseUsedBefore(candidate: string): number {
  if (z.iso.datetime().safeParse(candidate).success) return Date.parse(candidate);
  throw invalid('/usedBefore', 'must be a timestamp in UTC, such as 2026-01-31T00:00:00.000Z');
}

/** The checksum after which a page begins; empty for the first page. Throws `invalid_request`. */
export function parseCursor(candidate: string | undefined): string {
  if (candidate === undefined) return '';
  if (isChecksum(candidate)) return candidate;
  throw invalid('/cursor', 'must be nextCursor of a page');
}
