import type { Token } from './tokenize.js';

/** Index of the closing parenthesis by the index of its opening one; the number of tokens if it is not closed. */
export function closingsOf(tokens: readonly Token[]): Int32Array {
  const closings = new Int32Array(tokens.length).fill(tokens.length);
  const open: number[] = [];
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== 'punctuation') continue;
    if (text === '(') open.push(index);
    const start = text === ')' ? open.pop() : undefined;
    if (start !== undefined) closings[start] = index;
  }
  return closings;
}
