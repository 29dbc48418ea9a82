import type { AuthoringMistake } from './authoring-mistake.js';

/** Mistakes in calls of a typed driver. */
export const CALL_MISTAKES: readonly AuthoringMistake[] = [
  {
    what: 'a text for a number in a filter',
    code: "db.note.find({ where: { stars: 'five' } });",
    message: `Type 'string' is not assignable to type 'number | Order<number> | null | undefined'.`,
  },
  {
    what: 'an unknown field in a filter',
    code: "db.note.find({ where: { nmae: 'x' } });",
    message: `Object literal may only specify known properties, and 'nmae' does not exist in type 'FilterOf<{ id: string; created_at: string; updated_at: string; name: string; stars: number | null; state: "open" | "done" | null; book: string | null; }>'.`,
  },
  {
    what: 'an unknown option in a filter',
    code: "db.note.count({ where: { state: 'opne' } });",
    message: `Type '"opne"' is not assignable to type '"open" | "done" | Search<"open" | "done"> | null | undefined'.`,
  },
  {
    what: 'an unknown operator',
    code: 'db.note.find({ where: { stars: { $gtt: 3 } } });',
    message: `Object literal may only specify known properties, but '$gtt' does not exist in type 'Order<number>'. Did you mean to write '$gt'?`,
  },
  {
    what: 'a text operator on a number',
    code: "db.note.find({ where: { stars: { $startsWith: '5' } } });",
    message: `Object literal may only specify known properties, and '$startsWith' does not exist in type 'Order<number>'.`,
  },
  {
    what: 'an unknown sort field',
    code: "db.note.find({ orderBy: [{ field: 'nam' }] });",
    message: `Type '"nam"' is not assignable to type '"name" | "id" | "stars" | "state" | "book" | "created_at" | "updated_at"'. Did you mean '"name"'?`,
  },
  {
    what: 'an unknown field to return',
    code: "db.note.find({ fields: ['nam'] });",
    message: `Type '"nam"' is not assignable to type '"name" | "id" | "stars" | "state" | "book" | "created_at" | "updated_at"'. Did you mean '"name"'?`,
  },
  {
    what: 'a misspelled key of a query',
    code: 'db.note.find({ limt: 5 });',
    message: `Object literal may only specify known properties, but 'limt' does not exist in type 'TypedQuery<…'. Did you mean to write 'limit'?`,
  },
  {
    what: 'an expanded field that is no lookup',
    code: 'db.note.find({ expand: { name: {} } });',
    message: `Object literal may only specify known properties, and 'name' does not exist in type 'ExpandOf<…'.`,
  },
  {
    what: 'an unknown field of an expanded record',
    code: "db.note.find({ expand: { book: { fields: ['titel'] } } });",
    message: `Type '"titel"' is not assignable to type '"id" | "title" | "created_at" | "updated_at"'. Did you mean '"title"'?`,
  },
  {
    what: 'an unknown grouping field',
    code: "db.note.values({ groupBy: ['stat'] });",
    message: `Type '"stat"' is not assignable to type '"name" | "id" | "stars" | "state" | "book" | "created_at" | "updated_at"'. Did you mean '"state"'?`,
  },
  {
    what: 'a sum of texts',
    code: "db.note.values({ aggregations: [{ function: 'sum', field: 'name', alias: 'total' }] });",
    message: `Type '"name"' is not assignable to type '"stars"'.`,
  },
  {
    what: 'an aggregation without alias',
    code: "db.note.values({ aggregations: [{ function: 'count' }] });",
    message: `Property 'alias' is missing in type '{ function: "count"; }' but required in type 'Aggregation<{ id: string; created_at: string; updated_at: string; name: string; stars: number | null; state: "open" | "done" | null; book: string | null; }>'.`,
  },
  {
    what: 'a condition on an unknown alias',
    code: "db.note.values({ groupBy: ['state'], aggregations: [{ function: 'count', alias: 'notes' }], having: { nots: 1 } });",
    message: `Object literal may only specify known properties, but 'nots' does not exist in type 'FilterOf<{ state: "open" | "done" | null; notes: number; }>'. Did you mean to write 'notes'?`,
  },
  {
    what: 'a record without a required field',
    code: 'db.note.create({ stars: 5 });',
    message: `Argument of type '{ stars: number; }' is not assignable to parameter of type '{ id?: string | undefined; name: string; stars?: number | null | undefined; state?: "open" | "done" | null | undefined; book?: string | null | undefined; }'.`,
  },
  {
    what: 'an unknown field of a record',
    code: "db.note.create({ name: 'x', strs: 5 });",
    message: `Object literal may only specify known properties, but 'strs' does not exist in type '{ id?: string | undefined; name: string; stars?: number | null | undefined; state?: "open" | "done" | null | undefined; book?: string | null | undefined; }'. Did you mean to write 'stars'?`,
  },
  {
    what: 'an unknown object',
    code: 'db.notes;',
    message: `Property 'notes' does not exist on type 'TypedDatabase<…'. Did you mean 'note'?`,
  },
  {
    what: 'a driver in place of a bundle',
    code: 'typed(driver, driver);',
    message: `Type 'IDataDriver' has no properties in common with type 'WithObjects'.`,
  },
];
