import { describe, expect, it } from 'vitest';
import type { Style } from './style.js';
import { table } from './table.js';

const plain = (columns?: number) =>
  ({ bold: (text: string) => text, ...(columns !== undefined && { columns }) }) as unknown as Style;
const HEADING = ['name', 'a longer title', 'n'];
const ROWS = [
  ['Ada', 'x', 1],
  ['Bob, who has a long name', 'y'.repeat(40), undefined],
  ['', 'a\nb', { a: 1 }],
];

describe('table', () => {
  it.each([undefined, 200, 60, 40, 10])('aligns ASCII and other texts alike in %s columns', (columns) => {
    const lines = table(plain(columns), HEADING, ROWS).split('\n');
    const others = table(plain(columns), HEADING, [...ROWS, ['é', '', '']]).split('\n');
    expect(lines).toEqual(others.slice(0, -1));
    expect(lines).toHaveLength(4);
  });

  it('shows control characters', () => {
    expect(table(plain(), ['a'], [['\u001b[31m']])).toBe('A\n\\u001b[31m');
  });
});
