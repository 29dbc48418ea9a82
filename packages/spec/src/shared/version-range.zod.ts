import * as z from 'zod';

const PART = '(?:0|[1-9]\\d{0,9}|[xX*])';
const PRERELEASE = '(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?';
const COMPARATOR = `(?:\\^|~|>=|<=|>|<|=)?${PART}(?:\\.${PART}(?:\\.${PART}${PRERELEASE})?)?`;
const SEPARATOR = ' (?:\\|\\| )?';

export const VersionRangeSchema = z
  .string()
  .max(255)
  .regex(new RegExp(`^${COMPARATOR}(?:${SEPARATOR}${COMPARATOR})*$`))
  .describe('Version range in npm syntax, for example ^1.4.0, >=1.2.0 <2.0.0 or 1.x || 2.x.');
export type VersionRange = z.infer<typeof VersionRangeSchema>;
