const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Range of CEL's timestamps: the years 1 to 9999. */
const [EARLIEST, LATEST] = [-62_135_596_800_000, 253_402_300_799_999];

function timestamp(time: number): Date {
  if (time >= EARLIEST && time <= LATEST) return new Date(time);
  throw new RangeError('The timestamp is out of range.');
}

/** Midnight in UTC of the day of a timestamp. */
export const dayOf = (time: number): Date => timestamp(Math.floor(time / DAY) * DAY);

export const addHours = (time: number, hours: bigint): Date => timestamp(time + Number(hours) * HOUR);

export const addDays = (time: number, days: bigint): Date => timestamp(time + Number(days) * DAY);

/** The same day of another month, or its last day if it is shorter. */
export function addMonths(time: number, months: bigint): Date {
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + Number(months));
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return timestamp(date.getTime());
}

/** Whole days from one timestamp to another, negative if the second is earlier. */
export const daysBetween = (from: number, to: number): bigint => BigInt(Math.trunc((to - from) / DAY));
