import { type ChangeCase, number, strict, text, thing } from '../change-case.js';

const before = thing({ a: text, b: text });
const records = {
  thing: [
    { id: 't', a: 'x', b: 'y' },
    { id: 'u', a: 'z' },
  ],
};
const rebuilt = thing({ a: strict, b: text });

const thousand = Array.from({ length: 1_000 }, (_, index) => ({
  id: `t${index}`,
  a: `${index % 7}`,
  b: `b${index}`,
}));
const strange = ['', ' ', '\t\n', "it's", '"', '`', 'NULL', '😀', 'é', 'e\u0301', '1', '-0', '[]', '\u0001'];
const words = { thing: strange.map((a, index) => ({ id: `t${index}`, a, b: a })) };

export const SIZES: readonly ChangeCase[] = [
  {
    what: 'a thousand records exist in a table that is rebuilt',
    before,
    after: rebuilt,
    records: { thing: thousand },
  },
  {
    what: 'a thousand records become numbers',
    before,
    after: thing({ a: number, b: text }),
    records: { thing: thousand },
  },
  {
    what: 'a thousand records become unique',
    before,
    after: thing({ a: text, b: { ...text, unique: true } }),
    records: { thing: thousand },
  },
  {
    what: 'texts contain unusual characters, and their table is rebuilt',
    before,
    after: rebuilt,
    records: words,
  },
  {
    what: 'texts contain unusual characters and become JSON',
    before,
    after: thing({ a: { type: 'json' }, b: text }),
    records: words,
  },
  {
    what: 'row ids have gaps, and their table is rebuilt',
    before,
    after: rebuilt,
    records,
    unmanagedSql: ["UPDATE thing SET rowid = 4000000000000 WHERE id = 'u'"],
  },
  {
    what: 'a table is rebuilt although a column hides its row ids',
    before: thing({ rowid: text, a: text }),
    after: thing({ rowid: text, a: strict }),
    records: { thing: [{ rowid: 'r', a: 'x' }] },
    unmanagedSql: ['UPDATE thing SET oid = 9'],
  },
];
