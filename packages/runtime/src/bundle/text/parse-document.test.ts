import { describe, expect, it } from 'vitest';
import { parseDocument } from './parse-document.js';

describe('parseDocument', () => {
  it.each([
    ['json', '{\n  "name": "note",\n  "fields": { "text": { "type": "text" } }\n}', { line: 3, column: 15 }],
    ['yaml', 'name: note\nfields:\n  text:\n    type: text\n', { line: 3, column: 3 }],
  ] as const)(
    'returns the value of %s and the places of its parts, without validating it',
    (format, text, place) => {
      const { value, placesOf } = parseDocument(text, { format });
      expect(value).toEqual({ name: 'note', fields: { text: { type: 'text' } } });
      expect(placesOf(['/fields/text', '/fields/text/absent'])).toEqual([place, place]);
    },
  );

  it('rejects a text that is not JSON with the place', () => {
    expect(() => parseDocument('{ "name": }', { format: 'json' })).toThrow(
      expect.objectContaining({
        code: 'invalid_bundle',
        details: expect.objectContaining({ issues: [expect.objectContaining({ line: 1, column: 11 })] }),
      }),
    );
  });
});
