import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { parseBundle } from '../../src/bundle/text/parse-bundle.js';

function errorOf(text: string): ObjectStackError {
  try {
    parseBundle(text);
  } catch (error) {
    if (ObjectStackError.isInstance(error)) return error;
  }
  throw new Error('The text was accepted.');
}

const JSON_START = '{\n  "manifest": {"version": "1.0.0"},\n  ';
const YAML_START = 'manifest:\n  version: 1.0.0\n';

/** What, text, finding (`code path line:column`), hint. */
const MISTAKES: readonly (readonly [what: string, text: string, finding: string, hint: string])[] = [
  [
    'a trailing comma in JSON',
    `${JSON_START}"objects": [],\n}`,
    'not_json /objects 4:1',
    'Remove the comma before it.',
  ],
  [
    'a missing comma in JSON',
    `${JSON_START}"objects": []\n  "views": []}`,
    'not_json /objects 4:3',
    'A comma is probably missing',
  ],
  ['single quotes in JSON', `${JSON_START}'objects': []}`, 'not_json /manifest 3:3', 'Write double quotes.'],
  ['a comment in JSON', `${JSON_START}// none\n}`, 'not_json /manifest 3:3', 'JSON has no comments.'],
  [
    'an open bracket in JSON',
    `${JSON_START}"objects": [`,
    'not_json /objects/0 3:15',
    'a bracket or quote is not closed',
  ],
  [
    'a key that occurs twice in JSON',
    `${JSON_START}"manifest": {}}`,
    'duplicate_name /manifest 3:3',
    'Remove one of them.',
  ],
  [
    'a long number in JSON',
    `${JSON_START}"id": 12345678901234567890}`,
    'inexact_number /id 3:9',
    'Write it as a string',
  ],
  [
    'a wrong value in JSON',
    `${JSON_START}"objects": [{"name": "Account", "fields": {}}]}`,
    'invalid_shape /objects/0/name 3:16',
    'Did you mean `account`?',
  ],
  ['a tab in YAML', `${YAML_START}objects:\n\t- name: a\n`, 'not_yaml  4:1', 'Write spaces.'],
  [
    'wrong indentation in YAML',
    `${YAML_START}objects:\n- name: a\n   fields: {}\n`,
    'not_yaml  4:9',
    'The text is not YAML.',
  ],
  [
    'a colon in a text of YAML',
    `${YAML_START}description: note: this\n`,
    'not_yaml  3:14',
    'The text is not YAML.',
  ],
  [
    'an open quote in YAML',
    `${YAML_START}description: "text\n`,
    'not_yaml  4:1',
    'A colon, comma, quote or bracket is missing.',
  ],
  [
    'a key that occurs twice in YAML',
    `${YAML_START}manifest: {}\n`,
    'duplicate_name /manifest 3:1',
    'Remove one of them.',
  ],
  [
    'an alias in YAML',
    `${YAML_START}objects: &o []\nviews: *o\n`,
    'not_yaml /views 4:8',
    'Write the value again.',
  ],
  ['a tag in YAML', `${YAML_START}id: !!int "7"\n`, 'not_yaml /id 3:11', 'Tags such as'],
  [
    'a number with a leading zero in YAML',
    `${YAML_START}zip: 01234\n`,
    'not_yaml /zip 3:6',
    'Put a string in quotes',
  ],
  [
    'a short version in YAML',
    'manifest:\n  version: 1.0\n',
    'invalid_shape /manifest/version 2:3',
    'Did you mean `1.0.0`?',
  ],
  [
    'a wrong value in YAML',
    `${YAML_START}objects:\n- name: a\n  fields:\n    b:\n      type: txt\n`,
    'invalid_shape /objects/0/fields/b/type 7:7',
    'Did you mean `text`?',
  ],
];

describe('parseBundle on mistakes', () => {
  it.each(MISTAKES)('answers %s with its place and a hint', (_what, text, finding, hint) => {
    const { code, message, details } = errorOf(text);
    const issues = details.issues as { code: string; path: string; line: number; column: number }[];
    const found = issues.map((issue) => `${issue.code} ${issue.path} ${issue.line}:${issue.column}`);
    expect({ code, found, message }).toEqual({
      code: 'invalid_bundle',
      found: [finding],
      message: expect.stringContaining(hint),
    });
  });
});
