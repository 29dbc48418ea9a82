import { ApiError } from './api-error.js';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1_000,
  mb: 1_000_000,
  gb: 1_000_000_000,
};

/** Bytes of a size such as `500mb` or `10000`. */
export function parseSize(text: string): number {
  const [, count, unit = ''] = /^(\d{1,15})\s*([a-z]*)$/.exec(text.toLowerCase()) ?? [];
  const bytes = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (!(bytes > 0)) throw new ApiError(400, 'invalid size_limit');
  return bytes;
}
