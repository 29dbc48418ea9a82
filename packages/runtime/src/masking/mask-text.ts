import type { KeyedRandom } from './keyed-random.js';

/*
 * Replaces each letter and digit by another of the same kind, so that the text has the same length in characters and in bytes,
 * and the same spaces and punctuation. Blocks of characters are permuted as numbers, each depending on the text before it:
 * different texts have different results, which keeps unique fields unique without remembering any value.
 */

const BLOCK_CHARACTERS = 16;
/** Characters outside of Latin are replaced within blocks of this size, which have the same number of bytes in UTF-8. */
const SCRIPT_BLOCK = 0x80;

/** Range of characters that replace each other. */
interface Alphabet {
  readonly first: number;
  readonly size: number;
}

const alphabet = (first: number, last: number): Alphabet => ({ first, size: last - first + 1 });
const KNOWN = [
  alphabet(0x30, 0x39),
  alphabet(0x41, 0x5a),
  alphabet(0x61, 0x7a),
  alphabet(0xc0, 0xff),
] as const;
const LAST_OF_LATIN_1 = 0xff;
const GENERAL_PUNCTUATION = 0x2000;

/** The alphabet of a character; null if the character is kept, because it is punctuation or a space. */
export function alphabetOf(character: number): Alphabet | null {
  if (character <= LAST_OF_LATIN_1)
    return KNOWN.find(({ first, size }) => character >= first && character < first + size) ?? null;
  const first = character - (character % SCRIPT_BLOCK);
  return first === GENERAL_PUNCTUATION ? null : { first, size: SCRIPT_BLOCK };
}

interface Place extends Alphabet {
  readonly index: number;
  readonly character: number;
}

function maskBlock(random: KeyedRandom, places: readonly Place[], input: readonly string[]): number[] {
  const limit = places.reduce((product, { size }) => product * BigInt(size), 1n);
  const number = places.reduce(
    (sum, { first, size, character }) => sum * BigInt(size) + BigInt(character - first),
    0n,
  );
  let rest = random.permute(limit, number, ...input);
  return places
    .toReversed()
    .map(({ first, size }) => {
      const character = first + Number(rest % BigInt(size));
      rest /= BigInt(size);
      return character;
    })
    .toReversed();
}

/** The masked text. With `at`, equal texts at different places have different results. */
export function maskText(random: KeyedRandom, text: string, at = ''): string {
  const characters = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const places = characters.flatMap((character, index) => {
    const found = alphabetOf(character);
    return found ? [{ ...found, index, character }] : [];
  });
  const shape = characters.map((character) => alphabetOf(character)?.first ?? -character).join(' ');
  let before = random.text(BLOCK_CHARACTERS, 'text', at, shape);
  const masked = [...characters];
  for (let start = 0; start < places.length; start += BLOCK_CHARACTERS) {
    const block = places.slice(start, start + BLOCK_CHARACTERS);
    const found = maskBlock(random, block, [before]);
    before = random.text(BLOCK_CHARACTERS, before, block.map(({ character }) => character).join(' '));
    for (const [position, { index }] of block.entries()) masked[index] = found[position] ?? 0;
  }
  return masked.map((character) => String.fromCodePoint(character)).join('');
}
