import { describe, expect, it } from 'vitest';
import { KeyedRandom } from './keyed-random.js';
import { alphabetOf, maskText } from './mask-text.js';

const random = new KeyedRandom(new Uint8Array(32).fill(1));

const shapeOf = (text: string) =>
  [...text].map((character) => alphabetOf(character.codePointAt(0) ?? 0)?.first ?? character);

describe('maskText', () => {
  it.each([
    'Ann Lee-O’Neil, 42 (née Ærø)',
    'Łukasz Żółć',
    '李小明 with a long text that has more than one block of characters',
    '😀 emoji, Ωμέγα, кириллица',
    '+49 (0)30 1234-567',
  ])('keeps length, bytes, punctuation and kinds of %s', (text) => {
    const masked = maskText(random, text);
    expect(masked).not.toBe(text);
    expect(shapeOf(masked)).toEqual(shapeOf(text));
    expect(Buffer.byteLength(masked)).toBe(Buffer.byteLength(text));
    expect(masked).not.toMatch(/\p{Surrogate}/u);
    expect(maskText(random, text)).toBe(masked);
    expect(maskText(random, text, 'elsewhere')).not.toBe(masked);
  });

  it('gives different texts of one shape different results', () => {
    const texts = Array.from({ length: 1_000 }, (_, number) => `K-${String(number).padStart(3, '0')}`);
    const masked = texts.map((text) => maskText(random, text));
    expect(new Set(masked).size).toBe(texts.length);
    const long = texts.map((text) => maskText(random, `${'x'.repeat(40)}${text}`));
    expect(new Set(long).size).toBe(texts.length);
  });
});
