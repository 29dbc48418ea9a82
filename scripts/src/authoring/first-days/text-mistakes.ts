import { parseBundle } from '@objectstack/runtime';
import { type FirstDayMistake, mistake } from './first-day-mistake.js';

const parse = (text: string) => () => parseBundle(text);
const json = (fields: string) =>
  parse(`{"manifest": {"version": "1.0.0"},\n"objects": [{"name": "note", "fields": {\n${fields}\n}}]}`);

/** Mistakes in the text of a bundle. */
export const TEXT_MISTAKES: readonly FirstDayMistake[] = [
  mistake('a comma after the last key', json('"text": {"type": "text"},'), [
    'not_json',
    '4:1',
    /Remove the comma/,
  ]),
  mistake('a comment', json('// the text\n"text": {"type": "text"}'), [
    'not_json',
    '3:1',
    /no comments\. Remove it/,
  ]),
  mistake('a field twice', json('"text": {"type": "text"},\n"text": {"type": "number"}'), [
    'duplicate_name',
    '4:1',
    /Remove one of them/,
  ]),
  mistake('a tab in YAML', parse('manifest:\n\tversion: 1.0.0\n'), ['not_yaml', '2:1', /Write spaces/]),
  mistake('a version that YAML reads as a number', parse('manifest:\n  version: 1.0\n'), [
    'invalid_shape',
    '2:3',
    /Did you mean `1\.0\.0`/,
  ]),
  mistake('a colon in a text of YAML', parse('manifest:\n  version: 1.0.0\n  name: Desk: new\n'), [
    'not_yaml',
    '3:9',
    /double quotes/,
  ]),
];
