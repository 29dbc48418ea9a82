import { type Field, type FieldEncoding, isList, storageOf } from '@objectstack/spec/data';

/** How stored values become those of another field type, as SQL about a column. */
export interface Conversion {
  readonly value: (column: string) => string;
  /** Holds for values that can be converted without loss; absent where all can. Never asked about an empty value. */
  readonly fits?: (column: string) => string;
}

const SAME: Conversion = { value: (column) => column };
const only = (fits: (column: string) => string, value = SAME.value): Conversion => ({ value, fits });
const NOTHING = only(() => '0');

const isPlainJson = (type: string) => (column: string) =>
  `CASE WHEN json_valid(${column}) THEN json_type(${column}) ${type} ELSE 0 END`;
const DAY = '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]';
const MIDNIGHT = 'T00:00:00.000Z';

/** The shortest text from which the same number is read again, and no fraction where there is none. */
const numberText = (column: string) =>
  `CASE WHEN ${column} = CAST(${column} AS INTEGER) AND abs(${column}) < 1e15 THEN CAST(CAST(${column} AS INTEGER) AS TEXT)
    WHEN CAST(CAST(${column} AS TEXT) AS REAL) = ${column} THEN CAST(${column} AS TEXT) ELSE printf('%!.17g', ${column}) END`;

const FROM_TEXT: Partial<Record<FieldEncoding, Conversion>> = {
  number: only(
    (column) =>
      `${isPlainJson(`IN ('integer', 'real')`)(column)} AND abs(CAST(${column} AS REAL)) < CASE json_type(${column}) WHEN 'integer' THEN 9007199254740992 ELSE 9e307 END`,
    (column) => `CAST(${column} AS REAL)`,
  ),
  boolean: only(
    (column) => `${column} IN ('true', 'false', '1', '0')`,
    (column) => `${column} IN ('true', '1')`,
  ),
  date: only((column) => `${column} GLOB '${DAY}' AND coalesce(date(${column}) = ${column}, 0)`),
  datetime: only(
    (column) =>
      `${column} GLOB '${DAY}T*Z' AND coalesce(strftime('%Y-%m-%dT%H:%M:%fZ', ${column}) = ${column}, 0)`,
  ),
  time: only((column) => `${column} GLOB '[0-2][0-9]:[0-5][0-9]:[0-5][0-9]' AND ${column} < '24'`),
};

const TO_TEXT: Partial<Record<FieldEncoding, Conversion>> = {
  number: { value: numberText },
  boolean: { value: (column) => `CASE ${column} WHEN 1 THEN 'true' ELSE 'false' END` },
  date: SAME,
  datetime: SAME,
  time: SAME,
};

const OTHER: Readonly<Record<string, Conversion>> = {
  'boolean number': SAME,
  'number boolean': only((column) => `${column} IN (0, 1)`),
  'date datetime': { value: (column) => `${column} || '${MIDNIGHT}'` },
  'datetime date': only(
    (column) => `substr(${column}, 11) = '${MIDNIGHT}'`,
    (column) => `substr(${column}, 1, 10)`,
  ),
};

/** The value as a JSON scalar. */
const jsonScalar = (from: FieldEncoding) => (column: string) =>
  from === 'boolean'
    ? `CASE ${column} WHEN 1 THEN json('true') ELSE json('false') END`
    : numberOrText(from, column);
const numberOrText = (from: FieldEncoding, column: string) =>
  from === 'number' ? `json(${numberText(column)})` : column;

function toJson(from: FieldEncoding, after: Field): Conversion {
  const scalar = jsonScalar(from);
  if (isList(after)) return { value: (column) => `json_array(${scalar(column)})` };
  return after.type === 'json' ? { value: (column) => `json_quote(${scalar(column)})` } : NOTHING;
}

const JSON_TYPES: Partial<Record<FieldEncoding, string>> = {
  text: `= 'text'`,
  number: `IN ('integer', 'real')`,
  boolean: `IN ('true', 'false')`,
  date: `= 'text'`,
  datetime: `= 'text'`,
  time: `= 'text'`,
};

/** A scalar becomes itself, a list of one that one, and an empty list nothing. */
function fromJson(before: Field, to: FieldEncoding): Conversion {
  const type = JSON_TYPES[to];
  if (!type || !(isList(before) || before.type === 'json')) return NOTHING;
  const path = isList(before) ? `'$[0]'` : `'$'`;
  const value = (column: string) => `json_extract(${column}, ${path})`;
  const fits = (column: string) => {
    const written = to === 'number' || to === 'boolean' ? undefined : FROM_TEXT[to]?.fits?.(value(column));
    const scalar = `coalesce(json_type(${column}, ${path}) ${type}${written ? ` AND ${written}` : ''}, 0)`;
    if (!isList(before)) return scalar;
    return `(json_array_length(${column}) = 0 OR json_array_length(${column}) = 1 AND ${scalar})`;
  };
  return only(fits, value);
}

/** How the values of a field become those of another, or null where they stay as they are. */
export function conversionOf(before: Field, after: Field): Conversion | null {
  const [from, to] = [storageOf(before).encoding, storageOf(after).encoding];
  if (from === to) return null;
  if (to === 'json') return toJson(from, after);
  if (from === 'json') return fromJson(before, to);
  if (from === 'text') return FROM_TEXT[to] ?? NOTHING;
  if (to === 'text') return TO_TEXT[from] ?? NOTHING;
  return OTHER[`${from} ${to}`] ?? NOTHING;
}
