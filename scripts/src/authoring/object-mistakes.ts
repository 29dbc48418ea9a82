import type { AuthoringMistake } from './authoring-mistake.js';

const text = "name: { type: 'text', required: true }";
const object = (parts: string) => `defineObject({ name: 'note', ${parts} });`;
const field = (parts: string) => object(`fields: { ${text}, other: { ${parts} } }`);

/** Mistakes in definitions of objects. */
export const OBJECT_MISTAKES: readonly AuthoringMistake[] = [
  {
    what: 'a misspelled key of a field',
    code: field("type: 'text', requird: true"),
    message: `Object literal may only specify known properties, but 'requird' does not exist in type 'FieldKeys'. Did you mean to write 'required'?`,
  },
  {
    what: 'a misspelled key of an object',
    code: object(`lable: 'Note', fields: { ${text} }`),
    message: `Object literal may only specify known properties, but 'lable' does not exist in type 'ObjectKeys'. Did you mean to write 'label'?`,
  },
  {
    what: 'a misspelled field type',
    code: field("type: 'txt'"),
    message: `Type '"txt"' is not assignable to type '…'. Did you mean '"text"'?`,
  },
  {
    what: 'a value of the wrong type',
    code: field("type: 'text', required: 'yes'"),
    message: `Type 'string' is not assignable to type 'boolean | undefined'.`,
  },
  {
    what: 'a lookup without reference',
    code: field("type: 'lookup'"),
    message: `Property 'reference' is missing in type '{ type: "lookup"; }' but required in type 'LookupKeys'.`,
  },
  {
    what: 'a master-detail without reference',
    code: field("type: 'master_detail', required: true"),
    message: `Property 'reference' is missing in type '{ type: "master_detail"; required: true; }' but required in type 'LookupKeys'.`,
  },
  {
    what: 'a select without options',
    code: field("type: 'select'"),
    message: `Property 'options' is missing in type '{ type: "select"; }' but required in type 'ChoiceKeys'.`,
  },
  {
    what: 'a multiselect without options',
    code: field("type: 'multiselect', label: 'Tags'"),
    message: `Property 'options' is missing in type '{ type: "multiselect"; label: string; }' but required in type 'ChoiceKeys'.`,
  },
  {
    what: 'set_null on a required lookup',
    code: field("type: 'lookup', reference: 'note', required: true, deleteBehavior: 'set_null'"),
    message: `Type 'string' is not assignable to type 'Invalid<"set_null would clear a required lookup: choose restrict or cascade">'.`,
  },
  {
    what: 'an unknown delete behavior',
    code: field("type: 'lookup', reference: 'note', deleteBehavior: 'ignore'"),
    message: `Type '"ignore"' is not assignable to type '"set_null" | "cascade" | "restrict" | undefined'.`,
  },
  {
    what: 'a misspelled key of an option',
    code: field("type: 'select', options: [{ value: 'a', label: 'A', colr: 'red' }]"),
    message: `Object literal may only specify known properties, but 'colr' does not exist in type 'OptionKeys'. Did you mean to write 'color'?`,
  },
  {
    what: 'an option without value',
    code: field("type: 'select', options: [{ label: 'A' }]"),
    message: `Property 'value' is missing in type '{ label: string; }' but required in type 'OptionKeys'.`,
  },
  {
    what: 'an index on an unknown field',
    code: object(`fields: { ${text} }, indexes: [{ fields: ['nam'] }]`),
    message: `Type '"nam"' is not assignable to type '"name" | "id" | "created_at" | "updated_at"'. Did you mean '"name"'?`,
  },
  {
    what: 'a misspelled key of an index',
    code: object(`fields: { ${text} }, indexes: [{ fields: ['name'], uniqe: true }]`),
    message: `Object literal may only specify known properties, but 'uniqe' does not exist in type 'IndexKeys'. Did you mean to write 'unique'?`,
  },
  {
    what: 'a unique rule on an unknown field',
    code: object(
      `fields: { ${text} }, validations: [{ type: 'unique', name: 'one', message: 'Taken.', fields: ['title'] }]`,
    ),
    message: `Type '"title"' is not assignable to type '"name" | "id" | "created_at" | "updated_at"'.`,
  },
  {
    what: 'an unknown display name field',
    code: object(`fields: { ${text} }, displayNameField: 'nmae'`),
    message: `Type '"nmae"' is not assignable to type '"name" | "id" | "created_at" | "updated_at"'.`,
  },
  {
    what: 'a summary of an unknown field of the same object',
    code: field("type: 'summary', summaryOperations: { object: 'note', field: 'size', function: 'sum' }"),
    message: `Type '"size"' is not assignable to type '"name" | "id" | "other" | "created_at" | "updated_at"'.`,
  },
];
