import { describe, expect, it } from 'vitest';
import { jsonErrorPlace } from '../http/json-error-place.js';

describe('jsonHint', () => {
  it.each([
    ['{"a": 1,}', 'Remove the comma before it.'],
    ['{"a": }', 'A value is missing before it.'],
    ['[1}', 'The bracket does not match the opening one.'],
    ['{"a": 1', 'The text ends too early'],
    ['{"a": 1 "b": 2}', 'A comma is probably missing before it.'],
    ["{'a': 1}", 'Write double quotes.'],
    ['{a: 1}', 'Put names and strings in double quotes.'],
    ['{"a": open}', 'Put names and strings in double quotes.'],
    ['{"a": True}', 'Write true in lowercase.'],
    ['{"a": NaN}', 'Write null, or remove the key.'],
    ['{"a": constructor}', 'Put names and strings in double quotes.'],
    ['{"a": 1 // note\n}', 'JSON has no comments.'],
    ['{"a": "b\nc"}', 'A string must end on its line.'],
    ['{"a": "C:\\dir"}', 'The escape sequence is unknown.'],
    ['{"a": 01}', 'A number has no leading zeros.'],
    ['{"a": 2026-01-31}', 'Remove the character, or put the string in double quotes.'],
    ['[1,,2]', 'A value is missing before the comma.'],
  ])('says how to mend %j', (text, hint) => {
    expect(jsonErrorPlace(text)?.hint).toContain(hint);
  });
});
