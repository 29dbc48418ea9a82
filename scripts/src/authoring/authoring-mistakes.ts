import type { AuthoringMistake } from './authoring-mistake.js';
import { BUNDLE_MISTAKES } from './bundle-mistakes.js';
import { CALL_MISTAKES } from './call-mistakes.js';
import { COMPILER_MISTAKES } from './first-days/compiler-mistakes.js';
import { OBJECT_MISTAKES } from './object-mistakes.js';

export const AUTHORING_MISTAKES: readonly AuthoringMistake[] = [
  ...OBJECT_MISTAKES,
  ...BUNDLE_MISTAKES,
  ...CALL_MISTAKES,
  ...COMPILER_MISTAKES,
];

/** What the mistakes refer to. */
export const PREAMBLE = `
import type { IDataDriver } from '@objectstack/spec/contracts';
import { defineObject } from '@objectstack/spec/data';
import { defineBundle } from '@objectstack/spec/system';
import { tursoLocal, typed } from '@objectstack/driver-turso';
import { createRuntime, type Runtime } from '@objectstack/runtime';
declare const driver: IDataDriver;
declare const os: Runtime;
const note = defineObject({
  name: 'note',
  fields: {
    name: { type: 'text', required: true },
    stars: { type: 'number' },
    state: { type: 'select', options: [{ value: 'open', label: 'Open' }, { value: 'done', label: 'Done' }] },
    book: { type: 'lookup', reference: 'book' },
  },
});
const book = defineObject({ name: 'book', fields: { title: { type: 'text' } } });
const db = typed(driver, { objects: [note, book] });
`;
