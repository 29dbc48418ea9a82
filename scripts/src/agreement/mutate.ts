import * as fc from 'fast-check';

type Path = readonly (string | number)[];
type Change = (value: unknown) => unknown;

const REPLACEMENTS: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  'x',
  'x'.repeat(600),
  '😀',
  '😀😀😀',
  '😀'.repeat(200),
  '2026-02-30T00:00:00Z',
  '2026-03-01T08:00Z',
  '2026-03-01T08:00:00+01:00',
  '2016-12-31T23:59:60Z',
  'A@B',
  '\u0000',
  0,
  -1,
  1.5,
  1e21,
  9_007_199_254_740_992,
  [],
  [null],
  {},
  { x: 1 },
];
const UNKNOWN_KEYS = ['zzz', 'constructor', 'toString', '', '$where', 'a b'];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  const entries = value as Record<string | number, unknown>;
  return [path, ...[...keys].flatMap((key) => pathsIn(entries[key], [...path, key]))];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

/** Defines an own property for any key, as JSON does. */
function withEntry(record: Record<string, unknown>, key: string, value: unknown): Record<string, unknown> {
  return Object.fromEntries([...Object.entries(record).filter(([name]) => name !== key), [key, value]]);
}

function withoutEntry(record: Record<string, unknown>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

function changeAt(value: unknown, [key, ...rest]: Path, change: Change): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item, index) => (index === key ? changeAt(item, rest, change) : item));
  const record = value as Record<string, unknown>;
  return withEntry(record, String(key), changeAt(record[String(key)], rest, change));
}

function changesOfText(text: string): Change[] {
  const middle = Math.floor(text.length / 2);
  return [
    () => text.slice(0, middle) + text.slice(middle + 1),
    () => `${text}\n`,
    () => `${text}é`,
    () => ` ${text}`,
    () => text.toUpperCase(),
    () => text.repeat(20),
    () => text.slice(0, middle),
  ];
}

function changesOfRecord(record: Record<string, unknown>, others: readonly unknown[]): fc.Arbitrary<Change> {
  const keys = Object.keys(record);
  const added = fc.tuple(fc.constantFrom(...UNKNOWN_KEYS), fc.constantFrom(...REPLACEMENTS, ...others)).map(
    ([key, value]): Change =>
      () =>
        withEntry(record, key, value),
  );
  if (keys.length === 0) return added;
  const dropped = fc.constantFrom(...keys).map(
    (key): Change =>
      () =>
        withoutEntry(record, key),
  );
  const renamed = fc.constantFrom(...keys).map(
    (key): Change =>
      () =>
        withEntry(withoutEntry(record, key), key.toUpperCase(), record[key]),
  );
  return fc.oneof(added, { arbitrary: dropped, weight: 3 }, renamed);
}

function changesOf(value: unknown, others: readonly unknown[]): fc.Arbitrary<Change> {
  const replaced = fc.constantFrom(...REPLACEMENTS, ...others).map(
    (other): Change =>
      () =>
        other,
  );
  if (typeof value === 'string') return fc.oneof(replaced, fc.constantFrom(...changesOfText(value)));
  if (typeof value === 'number')
    return fc.oneof(
      replaced,
      fc.constantFrom<Change>(
        () => value + 0.5,
        () => -value,
        () => value + 1,
        () => value * 1e6,
      ),
    );
  if (Array.isArray(value))
    return fc.oneof(
      replaced,
      fc.constantFrom<Change>(
        () => value.slice(1),
        () => [...value, ...value],
        () => [...value, null],
      ),
    );
  return isRecord(value)
    ? fc.oneof(replaced, { arbitrary: changesOfRecord(value, others), weight: 3 })
    : replaced;
}

/** A copy of the value with one change, at any depth. */
function mutatedOnce(value: unknown): fc.Arbitrary<unknown> {
  const paths = pathsIn(value);
  const others = paths.slice(0, 20).map((path) => valueAt(value, path));
  return fc
    .constantFrom(...paths)
    .chain((path) => changesOf(valueAt(value, path), others).map((change) => changeAt(value, path, change)));
}

/** A copy of the value with one or two changes. */
export function mutated(value: unknown): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: mutatedOnce(value), weight: 3 }, mutatedOnce(value).chain(mutatedOnce));
}
