import type { KeyedRandom } from './keyed-random.js';

const DAY_MS = 86_400_000;
const SECONDS_OF_DAY = 86_400;

/** Timestamp of the first instant of a year, which may be less than 100. */
function startOf(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1);
}

/** A timestamp in the same year. Different timestamps have different results, in multiples of `unit` milliseconds. */
function maskWithinYear(
  random: KeyedRandom,
  time: number,
  { unit, at }: { unit: number; at: string },
): number {
  const year = new Date(time).getUTCFullYear();
  const start = startOf(year);
  const limit = BigInt((startOf(year + 1) - start) / unit);
  const masked = random.permute(limit, BigInt((time - start) / unit), 'year', at, `${year} ${unit}`);
  return start + Number(masked) * unit;
}

/** A day of the same year: `YYYY-MM-DD`. */
export function maskDate(random: KeyedRandom, value: string, at = ''): string {
  const masked = maskWithinYear(random, Date.parse(`${value}T00:00:00.000Z`), { unit: DAY_MS, at });
  return new Date(masked).toISOString().slice(0, value.length);
}

/** An instant of the same year, in ISO 8601. */
export function maskDateTime(random: KeyedRandom, value: string, at = ''): string {
  return new Date(maskWithinYear(random, Date.parse(value), { unit: 1, at })).toISOString();
}

/** Another time of day: `HH:MM:SS`. */
export function maskTimeOfDay(random: KeyedRandom, value: string, at = ''): string {
  const [hours = 0, minutes = 0, seconds = 0] = value.split(':').map(Number);
  const second = BigInt(hours * 3600 + minutes * 60 + seconds);
  const masked = Number(random.permute(BigInt(SECONDS_OF_DAY), second, 'time', at));
  return new Date(masked * 1000).toISOString().slice(11, 19);
}
