const UNITS = [
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** A lifetime in seconds as the Platform API expects it, for example `1d30m`; `never` if absent. */
export function formatExpiration(seconds: number | undefined): string {
  if (seconds === undefined) return 'never';
  let rest = seconds;
  let text = '';
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text;
}
