import { MANIFEST, type Mistake, note } from './mistake.js';

const bundle = (name: string, files: Readonly<Record<string, string>>, place: string): Mistake => ({
  name,
  args: ['deploy'],
  files,
  code: 'invalid_bundle',
  exit: 'invalid',
  place,
});

export const BUNDLES: readonly Mistake[] = [
  bundle(
    'JSON with a missing value',
    { ...MANIFEST, 'objects/note.json': '{\n  "name":\n}' },
    'objects/note.json:3:1',
  ),
  bundle(
    'JSON with a key twice',
    { ...MANIFEST, 'objects/note.json': '{\n  "name": "note",\n  "name": "memo"\n}' },
    'objects/note.json:3:3',
  ),
  bundle(
    'YAML with a tab',
    { ...MANIFEST, 'objects/note.yaml': 'name: note\nfields:\n\ttext: 1\n' },
    'objects/note.yaml:3:',
  ),
  bundle('an unknown field type', note('  text: { type: txt }\n'), 'objects/note.yaml:3:11'),
  bundle(
    'a misspelled key of a field',
    note('  text: { type: text, requird: true }\n'),
    'objects/note.yaml:3:23',
  ),
  bundle('a lookup without a reference', note('  owner: { type: lookup }\n'), 'objects/note.yaml:3:'),
  bundle(
    'a default value of another type',
    note('  done: { type: boolean, defaultValue: maybe }\n'),
    'objects/note.yaml:3:',
  ),
  bundle(
    'a name that is reserved',
    { ...MANIFEST, 'objects/note.yaml': 'name: _os_note\nfields: {}\n' },
    'objects/note.yaml:1:1',
  ),
  bundle(
    'an object twice',
    { ...note('  text: { type: text }\n'), 'objects/other.yaml': 'name: note\nfields: {}\n' },
    'objects/other.yaml:1:1',
  ),
  bundle('a version that is not one', { 'manifest.yaml': 'version: first\n' }, 'manifest.yaml:1:1'),
  bundle('a manifest without a version', { 'manifest.yaml': 'name: crm\n' }, 'manifest.yaml:1:1'),
  bundle(
    'seed data of an unknown field',
    {
      ...note('  text: { type: text }\n'),
      'seeds/note.yaml': 'object: note\nexternalId: text\nrecords:\n  - txt: one\n',
    },
    'seeds/note.yaml:4:',
  ),
  bundle(
    'a file that is a list',
    { ...MANIFEST, 'objects/note.yaml': '- name: note\n' },
    'objects/note.yaml:1:1',
  ),
  bundle(
    'a mistake in TypeScript',
    {
      ...MANIFEST,
      'objects/note.ts': "export default {\n  name: 'note',\n  fields: { text: { type: 'txt' } },\n};\n",
    },
    'objects/note.ts:3:21',
  ),
  bundle(
    'a newer protocol in one file',
    { 'manifest.yaml': 'version: 1.0.0\n', 'objects/note.yaml': 'fields: {}\n' },
    'objects/note.yaml:1:1',
  ),
];
