import { describe, expect, it } from 'vitest';
import { findingsInEditor, jsonEditor, openInEditor } from './json-editor.js';

const problems = async (content: string) =>
  (await findingsInEditor(content)).map(({ underlined, message }) => `${underlined}: ${message}`);

/** The completions at the position of `|`, with their descriptions. */
async function offered(content: string): Promise<Map<string, unknown>> {
  const { document, parsed } = openInEditor(content.replace('|', ''));
  const list = await jsonEditor.doComplete(document, document.positionAt(content.indexOf('|')), parsed);
  return new Map((list?.items ?? []).map(({ label, documentation }) => [label, documentation]));
}

/** The text that is shown over the first occurrence of a word. */
async function shown(content: string, word: string): Promise<string> {
  const { document, parsed } = openInEditor(content);
  const hover = await jsonEditor.doHover(document, document.positionAt(content.indexOf(word) + 1), parsed);
  return JSON.stringify(hover?.contents).replaceAll('\\\\', '');
}

const fileOf = (schema: string, keys: string) => `{"$schema": "./${schema}.authoring.json", ${keys}}`;
const bundle = (keys: string) => fileOf('DeployBundle', `"manifest": {"version": "1.0.0"}, ${keys}`);
const object = (keys: string) => bundle(`"objects": [{"name": "ticket", "fields": {}, ${keys}}]`);
const field = (keys: string) => bundle(`"objects": [{"name": "ticket", "fields": {"subject": {${keys}}}}]`);
const rule = (keys: string) => object(`"validations": [{"name": "rule", "message": "No.", ${keys}}]`);

const MISTAKES: [what: string, content: string, problems: unknown[]][] = [
  [
    'a misspelled key',
    field('"type": "text", "requird": true'),
    ['"requird": Property requird is not allowed.'],
  ],
  ['an unknown key of a bundle', bundle('"object": []'), ['"object": Property object is not allowed.']],
  [
    'an unknown type',
    field('"type": "txt"'),
    [expect.stringMatching(/^"txt": Value is not accepted. Valid values: "text", /)],
  ],
  ['no type', field('"label": "Subject"'), ['"subject": Missing property "type".']],
  ['a lookup without a reference', field('"type": "lookup"'), ['"subject": Missing property "reference".']],
  ['a select without options', field('"type": "select"'), ['"subject": Missing property "options".']],
  [
    'a select with an empty list',
    field('"type": "select", "options": []'),
    [expect.stringContaining('too few items')],
  ],
  [
    'options as texts',
    field('"type": "select", "options": ["open"]'),
    ['"open": Incorrect type. Expected "object".'],
  ],
  [
    'an option without a label',
    field('"type": "select", "options": [{"value": "open"}]'),
    [expect.stringContaining('Missing property "label".')],
  ],
  [
    'a text for a number',
    field('"type": "text", "maxLength": "80"'),
    ['"80": Incorrect type. Expected "integer".'],
  ],
  [
    'a text for a boolean default',
    field('"type": "boolean", "defaultValue": "yes"'),
    ['"yes": Incorrect type. Expected "boolean".'],
  ],
  [
    'a date in another notation',
    field('"type": "date", "defaultValue": "31.1.2026"'),
    [expect.stringContaining('Expected a date such as 2026-01-31')],
  ],
  [
    'set_null on a required lookup',
    field('"type": "lookup", "reference": "a", "required": true, "deleteBehavior": "set_null"'),
    ['"set_null": Value is not accepted. Valid values: "restrict", "cascade".'],
  ],
  ['a unique JSON field', field('"type": "json", "unique": true'), ['true: Value must be false.']],
  [
    'a name in capitals',
    bundle('"objects": [{"name": "Ticket", "fields": {}}]'),
    [expect.stringContaining('Expected: Machine name: 1 to 63 characters in lowercase snake_case')],
  ],
  [
    'a short version',
    fileOf('DeployBundle', '"manifest": {"version": "1.0"}'),
    [expect.stringContaining('for example 1.4.0')],
  ],
  [
    'no manifest',
    fileOf('DeployBundle', '"objects": []'),
    [expect.stringContaining('Missing property "manifest".')],
  ],
  [
    'an index without fields',
    object('"indexes": [{"fields": []}]'),
    [expect.stringContaining('too few items')],
  ],
  [
    'an unknown rule',
    rule('"type": "formt"'),
    [expect.stringMatching(/^"formt": Value is not accepted. Valid values: "unique", .*"format"/)],
  ],
  [
    'a rule without its field',
    rule('"type": "format", "regex": "^a"'),
    [expect.stringContaining('Missing property "field".')],
  ],
  [
    'another shape of a stored key',
    object('"sharingModel": "open"'),
    [expect.stringContaining('Valid values: "private", ')],
  ],
  [
    'an unknown seed mode',
    bundle('"seedData": [{"object": "a", "mode": "upsrt", "records": []}]'),
    [expect.stringContaining('Valid values: "insert", "update", "upsert"')],
  ],
  [
    'an unknown layout of a view',
    bundle('"views": [{"name": "v", "object": "a", "list": {"type": "table", "columns": []}}]'),
    [expect.stringContaining('Valid values: "grid", "kanban"')],
  ],
];

describe('schemas for authors', () => {
  it.each(MISTAKES)('underline %s', async (_what, content, expected) => {
    expect(await problems(content)).toEqual(expected);
  });

  it.each([
    field('"type": "date", "defaultValue": "TODAY()"'),
    field('"type": "number", "multiple": true, "defaultValue": [1]'),
    field('"type": "date", "defaultValue": {"dialect": "cel", "source": "today()"}'),
    field('"type": "tree"'),
    field('"type": "lookup", "reference": "a", "required": true'),
    rule('"type": "format", "field": "subject", "regex": "^a"'),
    fileOf('ObjectDefinition', '"name": "ticket", "fields": {}'),
    fileOf('Flow', '"name": "f", "label": "F", "type": "api", "nodes": [], "edges": []'),
  ])('find nothing in %s', async (content) => {
    expect(await problems(content)).toEqual([]);
  });

  it.each([
    [
      'the field types, with what each stores',
      field('"type": "|"'),
      '"lookup"',
      'Id of a record of another object.',
    ],
    [
      'the values of an enum, with their meaning',
      field('"type": "lookup", "deleteBehavior": "|"'),
      '"cascade"',
      'Delete the record too.',
    ],
    ['the known values of a stored key', object('"sharingModel": "|"'), '"public_read"', 'Read.'],
    [
      'the keys of a stored value',
      object('"actions": [{|}]'),
      'objectName',
      expect.stringContaining('Name of the object'),
    ],
    [
      'the key that a type requires',
      field('"type": "lookup", |'),
      'reference',
      expect.stringContaining('Name of the object'),
    ],
    ['the kinds of a rule', rule('"type": "|"'), '"unique"', expect.stringContaining('Uniqueness rule')],
    [
      'the keys of the selected kind',
      rule('"type": "unique", |'),
      'fields',
      expect.stringContaining('List of fields'),
    ],
    [
      'the keys of an object in its own file',
      fileOf('ObjectDefinition', '|'),
      'fields',
      expect.stringContaining('Fields of the object'),
    ],
  ])('offer %s', async (_what, content, label, documentation) => {
    expect((await offered(content)).get(label)).toEqual(documentation);
  });

  it.each([
    ['"deleteBehavior"', 'Action on a record'],
    ['"cascade"', 'Delete the record too.'],
    ['"lookup"', 'Id of a record of another object.'],
    ['"objects"', 'List of the objects of the application.'],
  ])('show over %s what it means', async (word, text) => {
    const content = field('"type": "lookup", "reference": "a", "deleteBehavior": "cascade"');
    expect(await shown(content, word)).toContain(text);
  });
});
