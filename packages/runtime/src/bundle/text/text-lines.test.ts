import { describe, expect, it } from 'vitest';
import { TextLines } from './text-lines.js';

describe('TextLines', () => {
  it('finds the line and column of every character', () => {
    const text = '\nab\r\n\nc';
    const lines = new TextLines(text);
    const places = [...text, ''].map((_, offset) => Object.values(lines.placeOf(offset)).join(':'));
    expect(places).toEqual(['1:1', '2:1', '2:2', '2:3', '2:4', '3:1', '4:1', '4:2']);
  });
});
