/** Height of a line and width of a character of the monospaced font, in pixels. */
export const LINE = 20;
const CHARACTER = 7.25;

const LONGEST = 36;

/** Characters of the scripts and symbols that are twice as wide as a letter. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const WIDEST_PLANE = 0x1f000;
const COMBINING = /\p{M}|\p{Cf}/u;

const characterWidth = (character: string): number => {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) || (character.codePointAt(0) ?? 0) >= WIDEST_PLANE ? 2 : 1;
};

/** Number of columns that a text takes in a monospaced font. */
const columnsOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + characterWidth(character), 0);

/** Width of a text in pixels. */
export const textWidth = (text: string): number => columnsOf(text) * CHARACTER;

/** The text, shortened if it is too long for a box. */
export function shortened(text: string, longest = LONGEST): string {
  if (columnsOf(text) <= longest) return text;
  let [result, columns] = ['', 0];
  for (const character of text) {
    columns += characterWidth(character);
    if (columns > longest - 1) break;
    result += character;
  }
  return `${result}…`;
}
