import { describe, expect, it } from 'vitest';
import { generateTypes } from './generate-types.js';

const note = {
  name: 'note',
  label: 'Note',
  fields: {
    id: { type: 'text' as const },
    text: { type: 'text' as const, required: true, description: 'What to remember.' },
    stars: { type: 'number' as const, required: true, defaultValue: 3 },
    state: {
      type: 'select' as const,
      required: true,
      options: [{ value: 'open', default: true }, { value: 'it\'s "done"' }],
    },
    book: { type: 'lookup' as const, reference: 'book', multiple: true },
    number: { type: 'autonumber' as const, format: 'N-{000}' },
    sum: { type: 'summary' as const },
  },
};

/** The text of one exported declaration. */
function declared(source: string, name: string): string {
  const [, after = ''] = source.split(`export interface ${name} `);
  return after.slice(0, after.indexOf('\n}') + 2);
}

describe('generateTypes', () => {
  it('writes the type of a record', () => {
    expect(declared(generateTypes({ objects: [note] }), 'NoteRecord')).toBe(`{
  /** Unique identifier of the record: a UUIDv7, unless the caller supplied another id. */
  id: string;
  /** Timestamp at which the record was created. */
  created_at: string;
  /** Timestamp at which the record was last written. */
  updated_at: string;
  /** What to remember. */
  text: string;
  stars: number;
  state: "open" | "it's \\"done\\"";
  book: (string)[] | null;
  number: string | null;
}`);
  });

  it('writes the inputs to create and to update a record', () => {
    const source = generateTypes({ objects: [note] });
    expect(declared(source, 'NoteCreate').match(/^ {2}\w+\??:/gm)).toEqual([
      '  id?:',
      '  text:',
      '  stars?:',
      '  state?:',
      '  book?:',
    ]);
    expect(declared(source, 'NoteUpdate').match(/^ {2}\w+\??:/gm)).toEqual([
      '  text?:',
      '  stars?:',
      '  state?:',
      '  book?:',
    ]);
  });

  it('lists the definitions for typed access', () => {
    const source = generateTypes({ objects: [note, { name: 'book', fields: {} }] });
    expect(source).toContain('export type Objects = readonly [NoteObject, BookObject];');
    expect(source).toContain(
      'readonly book: { readonly type: "lookup"; readonly multiple: true; readonly reference: "book" };',
    );
    expect(declared(source, 'BookObject')).toContain('readonly fields: {};');
  });

  it('imports only what it uses', () => {
    expect(generateTypes({})).not.toContain('JsonValue');
    expect(generateTypes({ objects: [note] })).not.toContain('JsonValue');
    const extra = { type: 'json' as const, required: true, defaultValue: null };
    const source = generateTypes({ objects: [{ name: 'a', fields: { extra } }] });
    expect(source).toContain('import type { JsonValue }');
    expect(source).toContain('extra: JsonValue;');
    expect(source).toContain('readonly defaultValue: null');
  });

  it('gives different types different names', () => {
    const objects = ['a_b', 'a__b', 'a_1', 'a1', '1', '_'].map((name) => ({ name, fields: {} }));
    expect(generateTypes({ objects })).toContain(
      'readonly [ABObject, AB_2Object, A1Object, A1_2Object, Object1Object, ObjectObject];',
    );
  });

  it('makes no text of the bundle code', () => {
    const hostile = '*/ export const a = 1; /* `b` \n\u2028 \u202e "\' //';
    const fields = {
      [hostile]: { type: 'select' as const, label: hostile, options: [{ value: hostile }] },
    };
    const objects = [{ name: hostile, label: hostile, description: hostile, fields }];
    const lines = generateTypes({ objects: [{ ...note, name: hostile }, ...objects] }).split('\n');
    const outside = lines.map((line) => line.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/\/\*\*.*?\*\//g, ''));
    expect(outside.filter((line) => line.includes('const'))).toEqual([]);
    expect(lines.join('')).not.toMatch(/[\u2028\u202e]/);
  });

  it('ignores labels that are no text', () => {
    const objects = [{ name: 'a', label: { en: 'A' }, fields: { b: { type: 'text' as const, label: 5 } } }];
    expect(declared(generateTypes({ objects }), 'ARecord')).not.toContain('/** 5');
  });
});
