import { ApiError } from './api-error.js';

const SECONDS: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 };

/** Seconds of a duration such as `2w1d30m`; null for `never`. */
export function parseExpiration(text: string): number | null {
  if (text === 'never') return null;
  if (!/^(\d{1,9}[wdhms])+$/.test(text)) throw new ApiError(400, 'Invalid expiration format');
  let seconds = 0;
  for (const [, count, unit = ''] of text.matchAll(/(\d{1,9})([wdhms])/g))
    seconds += Number(count) * (SECONDS[unit] ?? 0);
  if (seconds === 0) throw new ApiError(400, 'Invalid expiration format');
  return seconds;
}
