import { distance } from 'fastest-levenshtein';

/** The candidate that was probably meant: one edit away, or two for a name of eight characters and more. */
export function closestName(name: string, candidates: Iterable<string>): string | undefined {
  let closest: string | undefined;
  let fewest = name.length >= 8 ? 3 : 2;
  for (const candidate of candidates) {
    if (!isComparable(name, candidate, fewest)) continue;
    const edits = distance(name, candidate);
    if (edits < fewest) [closest, fewest] = [candidate, edits];
  }
  return closest;
}

/** Among names of up to three characters, such as min and mix, everything is close to everything. */
function isComparable(name: string, candidate: string, fewest: number): boolean {
  return Math.abs(name.length - candidate.length) < fewest && Math.max(name.length, candidate.length) >= 4;
}
