import type { AuthoringMistake } from './authoring-mistake.js';

const bundle = (parts: string) => `defineBundle({ manifest: { version: '1.0.0' }, ${parts} });`;
const columns = (list: string) =>
  bundle(`objects: [note], views: [{ name: 'all', object: 'note', list: { columns: [${list}] } }]`);

/** Mistakes in bundles. */
export const BUNDLE_MISTAKES: readonly AuthoringMistake[] = [
  {
    what: 'a column of an unknown field',
    code: columns("'stats'"),
    message: `Type '"stats"' is not assignable to type '"name" | "id" | "stars" | "state" | "book" | "created_at" | "updated_at"'. Did you mean '"stars"'?`,
  },
  {
    what: 'a column with options of an unknown field',
    code: columns("{ field: 'stras', width: 80 }"),
    message: `Type '"stras"' is not assignable to type '"name" | "id" | "stars" | "state" | "book" | "created_at" | "updated_at"'. Did you mean '"stars"'?`,
  },
  {
    what: 'a summary of an unknown field of another object',
    code: bundle(
      "objects: [note, { name: 'book', fields: { sum: { type: 'summary', summaryOperations: { object: 'note', field: 'star', function: 'sum' } } } }]",
    ),
    message: `Type '"star"' is not assignable to type '"name" | "id" | "stars" | "state" | "book" | "created_at" | "updated_at"'. Did you mean '"stars"'?`,
  },
  {
    what: 'a misspelled key of a view',
    code: bundle("objects: [note], views: [{ name: 'all', lable: 'All' }]"),
    message: `Object literal may only specify known properties, but 'lable' does not exist in type 'ViewKeys'. Did you mean to write 'label'?`,
  },
  {
    what: 'a misspelled key of the manifest',
    code: "defineBundle({ manifest: { version: '1.0.0', nme: 'Notes' }, objects: [note] });",
    message: `Object literal may only specify known properties, but 'nme' does not exist in type 'ManifestKeys'. Did you mean to write 'name'?`,
  },
  {
    what: 'a misspelled key of a field in a bundle',
    code: bundle("objects: [{ name: 'book', fields: { name: { type: 'text', uniqe: true } } }]"),
    message: `Object literal may only specify known properties, but 'uniqe' does not exist in type 'FieldKeys'. Did you mean to write 'unique'?`,
  },
];
