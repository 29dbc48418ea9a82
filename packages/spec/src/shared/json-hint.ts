/** Words that other languages write for the values of JSON. */
const WORDS: Readonly<Record<string, string>> = {
  True: 'Write true in lowercase.',
  False: 'Write false in lowercase.',
  None: 'Write null instead.',
  undefined: 'Remove the key, or write null.',
  NaN: 'JSON has no such number. Write null, or remove the key.',
  Infinity: 'JSON has no such number. Write null, or remove the key.',
};

const CHARACTERS: Readonly<Record<string, string>> = {
  "'": 'Write double quotes.',
  '“': 'Write plain double quotes.',
  '”': 'Write plain double quotes.',
  '`': 'Write double quotes.',
  '/': 'JSON has no comments. Remove it.',
  '#': 'JSON has no comments. Remove it.',
  '"': 'A comma is probably missing before it.',
  '{': 'A comma is probably missing before it.',
  '[': 'A comma is probably missing before it.',
  ',': 'A value is missing before the comma.',
  '\n': 'A string must end on its line. Close the quotes, or write \\n for a line break.',
  '\\': 'The escape sequence is unknown. Write \\\\ for a backslash.',
  '+': 'A number has no plus sign.',
  '.': 'A number needs a digit before the point.',
};

/** How to mend a text that is not JSON from the first invalid character on. */
export function jsonHint(text: string, offset: number): string {
  const character = text[offset];
  if (character === undefined) return 'The text ends too early: a bracket or quote is not closed.';
  const before = text
    .slice(Math.max(0, offset - 200), offset)
    .trimEnd()
    .at(-1);
  if (character === '}' || character === ']') {
    if (before === ',') return 'Remove the comma before it.';
    return before === ':' ? 'A value is missing before it.' : 'The bracket does not match the opening one.';
  }
  if (character >= '0' && character <= '9' && before === '0') return 'A number has no leading zeros.';
  const [word] = /^[A-Za-z_$][\w$]*/.exec(text.slice(offset, offset + 100)) ?? [];
  if (word === undefined)
    return CHARACTERS[character] ?? 'Remove the character, or put the string in double quotes.';
  return Object.hasOwn(WORDS, word) ? (WORDS[word] ?? '') : 'Put names and strings in double quotes.';
}
