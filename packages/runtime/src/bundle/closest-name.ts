import { distance } from 'fastest-levenshtein';

/** Maximum number of candidates that are compared. */
const MAX_CANDIDATES = 500;

/**
 * The candidate that the name is probably a misspelling of: one edit away, or two for names of eight or more
 * characters.
 */
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

/** Names of up to three characters, such as min and mix, are too similar to one another for suggestions. */
function isComparable(name: string, candidate: string, fewest: number): boolean {
  return Math.abs(name.length - candidate.length) < fewest && Math.max(name.length, candidate.length) >= 4;
}

function editsBetween(name: string, candidate: string): number {
  const edits = distance(name, candidate);
  return edits === 2 && isSwap(name, candidate) ? 1 : edits;
}

/** Whether the names differ only by a swap of two adjacent characters. */
function isSwap(name: string, candidate: string): boolean {
  let at = 0;
  while (at < name.length && name[at] === candidate[at]) at += 1;
  const swapped = `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`;
  return swapped === candidate;
}
