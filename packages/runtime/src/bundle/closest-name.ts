import { distance } from 'fastest-levenshtein';

/** Most candidates that are compared. */
const MAX_CANDIDATES = 500;

/** The candidate that was probably meant: one edit away, or two for a name of eight characters and more. */
export function closestName(name: string, candidates: Iterable<string>): string | undefined {
  let closest: string | undefined;
  let fewest = name.length >= 8 ? 3 : 2;
  let compared = 0;
  for (const candidate of candidates) {
    compared += 1;
    if (compared > MAX_CANDIDATES) break;
    if (!isComparable(name, candidate, fewest)) continue;
    const edits = editsBetween(name, candidate);
    if (edits < fewest) [closest, fewest] = [candidate, edits];
  }
  return closest;
}

/** Among names of up to three characters, such as min and mix, everything is close to everything. */
function isComparable(name: string, candidate: string, fewest: number): boolean {
  return Math.abs(name.length - candidate.length) < fewest && Math.max(name.length, candidate.length) >= 4;
}

function editsBetween(name: string, candidate: string): number {
  const edits = distance(name, candidate);
  return edits === 2 && isSwap(name, candidate) ? 1 : edits;
}

/** Whether two neighboring characters changed places. */
function isSwap(name: string, candidate: string): boolean {
  let at = 0;
  while (at < name.length && name[at] === candidate[at]) at += 1;
  const swapped = `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`;
  return swapped === candidate;
}
