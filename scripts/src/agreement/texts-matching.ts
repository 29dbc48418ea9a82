import * as fc from 'fast-check';

const made = new Map<string, fc.Arbitrary<string>>();

/** Generates texts that match a pattern. Created once for each pattern, which takes longer than to generate a text. */
export function textsMatching(pattern: string): fc.Arbitrary<string> {
  const texts = made.get(pattern) ?? fc.stringMatching(new RegExp(pattern), { size: 'xsmall' });
  made.set(pattern, texts);
  return texts;
}
